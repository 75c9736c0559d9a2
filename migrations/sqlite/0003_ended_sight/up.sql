-- Sight of a document ends with the seat that it came from: a government that is no party to a
-- case any more reads nothing there but what it was sent.
DROP TRIGGER document_access_no_delete;
