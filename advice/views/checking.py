"""The page on which anyone learns whether a PDF is a letter of a council, unchanged."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from advice.checking import check_code, check_file
from advice.forms.checking import CheckCodeForm, CheckFileForm
from portal.access import public

INVALID = 422


@require_http_methods(["GET", "HEAD", "POST"])
@public
def check(request: HttpRequest) -> HttpResponse:
    """Nothing that is sent here is kept or logged."""
    by_code = request.method == "POST" and "code" in request.POST
    by_file = request.method == "POST" and not by_code
    file_form = CheckFileForm(request.POST, request.FILES) if by_file else CheckFileForm()
    code_form = CheckCodeForm(request.POST) if by_code else CheckCodeForm()
    checked = None
    if by_file and file_form.is_valid():
        checked = check_file(file_form.cleaned_data["file"].read())
    elif by_code and code_form.is_valid():
        checked = check_code(code_form.cleaned_data["reference"], code_form.cleaned_data["code"])
    context = {"checked": checked, "file_form": file_form, "code_form": code_form, "by_code": by_code}
    response = render(
        request, "advice/check.html", context, status=INVALID if request.method == "POST" and not checked else 200
    )
    response["Cache-Control"] = "no-store"
    return response
