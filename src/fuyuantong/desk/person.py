"""The person at the desk."""

from dataclasses import dataclass

from fuyuantong.desk.organ_tags import OrganTag
from fuyuantong.organs.models import Account
from fuyuantong.organs.queries import HeldPost


@dataclass(frozen=True, slots=True)
class Person:
    """
    An account with the posts that it holds now.

    `organ` is the one for which it acts, None without a post in which one can act; `organs` are all it may choose.
    """

    account: Account
    posts: tuple[HeldPost, ...]
    organs: tuple[OrganTag, ...]
    organ: OrganTag | None

    @property
    def post_titles(self) -> str:
        """Return the titles of the posts in the chosen organ, or of all when there is none."""
        wanted = {self.organ.id} if self.organ else {post.organ_id for post in self.posts}
        return "、".join(dict.fromkeys(post.title for post in self.posts if post.organ_id in wanted))

    def holds(self, kind: str) -> bool:
        """Tell whether the person holds a post of that kind."""
        return any(post.kind == kind for post in self.posts)
