"""Two offices with everybody in them, people of both, and people of none."""

from portal.publishing.models import State
from portal.staff.models import Role, RoleGrant, User
from tests import factories as make
from tests.workflow.cast import Office, again, person


class Town:
    """Qijiang with three steps, Xiushan with one; a policy and an event of each, public by the ordinary way, and drafts."""

    def __init__(self):
        self.offices = [
            Office(make.make_region("qijiang", review_steps=3)),
            Office(make.make_region("xiushan", review_steps=1), reviewers=2),
        ]
        self.chief = person("chief", Role.EDITOR, None)
        for role in (Role.REVIEWER, Role.PUBLISHER, Role.CONTRIBUTOR):
            RoleGrant.objects.create(user=self.chief, role=role)
        self.editor_of_both = person("both", Role.EDITOR, self.offices[0].region)
        RoleGrant.objects.create(user=self.editor_of_both, role=Role.EDITOR, region=self.offices[1].region)
        self.auditor = person("auditor", Role.AUDITOR)
        self.stranger = User.objects.create_user("stranger", "", "secret", is_staff=True)
        self.administrator = User.objects.create_superuser("administrator", "", "secret")
        topic = make.make_topic()
        for office in self.offices:
            for maker, more in ((make.make_policy, {"topics": [topic]}), (make.make_event, {})):
                self.draft(office, maker, **more)
                office.publish(self.draft(office, maker, **more))

    @property
    def people(self):
        offices = [[one.contributor, one.author, *one.reviewers, one.publisher] for one in self.offices]
        both = [self.chief, self.editor_of_both]
        return [*offices[0], *offices[1], *both, self.auditor, self.stranger, self.administrator]

    def draft(self, office, maker, **fields):
        entry = maker(state=State.DRAFT, region=office.region, **fields)
        if maker is make.make_policy:
            make.make_benefit(policy=entry, name="住房补贴")
            make.make_benefit(policy=entry, name="安家补助")
        model = type(entry)
        model.objects.filter(pk=entry.pk).update(created_by=office.author, updated_by=office.author)
        return again(entry)
