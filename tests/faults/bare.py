"""The control: the same mails as bare Celery tasks, with Celery's own defaults and no outbox."""

import os
import smtplib

from celery import Celery

app = Celery(
    "bare", broker=os.environ["REDIS_URL"].replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
)
app.conf.task_ignore_result = True


@app.task
def send(address: str) -> None:
    with smtplib.SMTP("127.0.0.1", int(os.environ["CONTROL_SMTP_PORT"])) as server:
        server.sendmail("post@raadportaal.test", [address], f"Subject: test\nMessage-ID: <{address}>\n\ntest\n")
