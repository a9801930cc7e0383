"""How a page is shown, beside what is asked: language, which names of provinces are ticked, order of values. Kept in the URL."""
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from web.language import PARAM, VIETNAMESE, Language, language


@dataclass(frozen=True, slots=True)
class View:
    language: Language = VIETNAMESE
    present: bool = False       # the boxes tick today's provinces rather than the names at publication
    share: bool = False         # the years' bars show the share of all articles
    alphabetic: bool = False    # values from A to Z rather than by count

    @classmethod
    def of(cls, args: Mapping[str, str]) -> "View":
        return cls(language(args.get(PARAM)), args.get("ten") == "nay", args.get("cot") == "tyle", args.get("thutu") == "az")

    def args(self) -> Iterator[tuple[str, str]]:
        """URL parameters; defaults are left out."""
        told = (("ten", "nay", self.present), ("cot", "tyle", self.share), ("thutu", "az", self.alphabetic),
                (PARAM, self.language.code, self.language.code != "vi"))
        yield from ((name, value) for name, value, said in told if said)

    def but(self, **changes) -> "View":
        return replace(self, **changes)

    @property
    def other(self) -> "View":
        """The same in the other language."""
        return replace(self, language=language("en" if self.language.code == "vi" else "vi"))

    @property
    def provinces(self) -> str:
        """The facet that the boxes of provinces tick."""
        return "province_now" if self.present else "province"
