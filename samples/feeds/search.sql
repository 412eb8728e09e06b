-- A full-text index of all sections; then: SELECT id, title FROM section WHERE section MATCH 'incident';
CREATE VIRTUAL TABLE section USING fts5(id, lang, role, title, text);
INSERT INTO section
SELECT d.value ->> 'id', d.value ->> 'lang', s.value ->> 'role', s.value ->> 'title', s.value ->> 'text'
FROM json_each(readfile(:file), '$.documents') AS d, json_each(d.value, '$.sections') AS s;
