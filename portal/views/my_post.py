"""What somebody gets by mail: how often, and with one click from the foot of a mail."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.access import public, signed_in
from portal.actions.choosing import choose, choose_all
from portal.choices import choices_of, chosen_by
from portal.message_forms import MyPostForm, OneTopicForm
from portal.states import Frequency
from portal.topics import STATUTORY


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def my_post(request: HttpRequest) -> HttpResponse:
    person = request.user.person  # type: ignore[union-attr]
    form = MyPostForm(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and form.is_valid():
        choose_all(person, form.cleaned_data, by=person)
        messages.success(request, _("Your choices are saved."))
        return redirect("portal:my_post")
    status = 422 if form.is_bound else 200
    return render(
        request, "portal/my_post.html", {"form": form, "statutory": STATUTORY, "person": person}, status=status
    )


# The link is signed, for one person and one topic: it needs no more, also from the button of a mail program.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@public
def change_choice(request: HttpRequest, token: str) -> HttpResponse:
    """A GET changes nothing: mail scanners open links. The button does, or the one click of RFC 8058."""
    found = chosen_by(token)
    if found is None:
        raise Http404
    person, topic = found
    if request.method == "POST" and "List-Unsubscribe" in request.POST:
        choose(person, topic.slug, Frequency.NEVER, by=person)
        return HttpResponse(status=204)
    now = choices_of(person)[topic.slug]
    suggested = Frequency.DAILY if now == Frequency.AT_ONCE and Frequency.DAILY in topic.frequencies else now
    posted = request.POST if request.method == "POST" else None
    form = OneTopicForm(posted, topic=topic, initial={"frequency": suggested})
    done = request.method == "POST" and form.is_valid()
    if done:
        now = Frequency(form.cleaned_data["frequency"])
        choose(person, topic.slug, now, by=person)
    context = {"form": form, "topic": topic, "now": now, "done": done, "person": person}
    return render(request, "portal/change_choice.html", context, status=422 if form.is_bound and not done else 200)
