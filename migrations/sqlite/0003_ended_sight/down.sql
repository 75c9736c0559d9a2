CREATE TRIGGER document_access_no_delete BEFORE DELETE ON document_access BEGIN SELECT RAISE(ABORT, 'document_access only grows'); END;
