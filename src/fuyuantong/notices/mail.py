"""Notices by mail, through the server that the place has set up."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage

from fuyuantong.notices.message import Message, NotSent

SUBJECT = "府院通通知"


def send_mail(message: Message) -> None:
    """
    Hand one message to the mail server; its Message-ID is made of the key, so that a second one is seen as the same.

    Raises: `NotSent`.
    """
    if not message.to:
        raise NotSent("没有填写邮箱")
    _, _, host = settings.NOTICE_MAIL_FROM.rpartition("@")
    mail = EmailMessage(
        subject=SUBJECT,
        body="\n".join(line for line in (message.text, message.link) if line),
        from_email=settings.NOTICE_MAIL_FROM,
        to=[message.to],
        headers={"Message-ID": f"<{message.key}@{host.rstrip('>')}>", "Auto-Submitted": "auto-generated"},
    )
    try:
        mail.send()
    except (SMTPException, OSError) as fault:
        raise NotSent(f"邮件服务器：{fault}") from fault
