from portal.search.models.document import SearchDocument, SearchText
from portal.search.models.lexeme import Lexeme, TermCount
from portal.search.models.state import SearchState
from portal.search.models.synonym import Synonym
from portal.search.models.unanswered import Unanswered

__all__ = ["Lexeme", "SearchDocument", "SearchState", "SearchText", "Synonym", "TermCount", "Unanswered"]
