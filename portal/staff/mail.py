import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from portal.staff.models import User
from portal.staff.site_items import entered_items, site_items

logger = logging.getLogger(__name__)


def mail_reset(user: User, link: str) -> bool:
    with translation.override(user.language):
        return _send(user, _("%(site)s：重设密码"), "registration/password_reset_email.txt", link)


def mail_invitation(user: User, link: str) -> bool:
    with translation.override(user.language):
        return _send(user, _("%(site)s：您的后台账号"), "registration/invitation_email.txt", link)


def _send(user: User, subject: str, template: str, link: str) -> bool:
    """Send in the language of the person; say whether the mail server took it."""
    items = site_items(entered_items())
    site = items["name_en"] if user.language == "en" else items["name"]
    text = render_to_string(template, {"person": user, "site_name": site, "link": link})
    try:
        return bool(send_mail(subject % {"site": site}, text, settings.DEFAULT_FROM_EMAIL, [user.email]))
    except (SMTPException, OSError):
        logger.exception("mail to account %s was not taken", user.pk)
        return False
