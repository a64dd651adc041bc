"""`python -m portal.pdf.child`: reads one PDF of somebody else from its input and writes JSON. It may fall."""

import base64
import hashlib
import io
import json
import sys

from portal.word.child import bound


def main() -> None:
    bound()
    import pikepdf

    from portal.pdf.reading import data_of, words_of

    answer: dict[str, object]
    try:
        with pikepdf.open(io.BytesIO(sys.stdin.buffer.read()), suppress_warnings=True) as document:
            data, words = data_of(document), words_of(document)
        answer = {
            "data": base64.b64encode(data).decode() if data is not None else None,
            "words": hashlib.sha256("".join(words.split()).encode("utf-8", "replace")).hexdigest(),
            "said": words[-20_000:],
        }
    except Exception as fault:  # whatever the file is, it says nothing that we can read
        answer = {"fault": type(fault).__name__}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
