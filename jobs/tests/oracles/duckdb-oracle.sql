-- Judges a day of raw lines. Given: line(file, line, content; null where the bytes are no UTF-8), named_entity(name, text),
-- schema_property(position, name), schema_required(position, name), keyword_severity(keyword, severity),
-- schema_rule(position, name, field, checked_by, severity). Made: recipe, reason, warning, unknown_field, day_counts.

-- What String.prototype.trim of JavaScript removes.
CREATE MACRO js_trim(value) AS trim(value,
  chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || ' ' || chr(160) || chr(5760) || chr(8192) || chr(8193) || chr(8194) || chr(8195) || chr(8196) || chr(8197) || chr(8198)
  || chr(8199) || chr(8200) || chr(8201) || chr(8202) || chr(8232) || chr(8233) || chr(8239) || chr(8287) || chr(12288) || chr(65279));

-- DuckDB's reader lets trailing commas, NaN and Infinity pass: both show once the strings are taken out.
CREATE MACRO without_texts(value) AS regexp_replace(value, '"([^"\\]|\\.)*"', '""', 'g');

CREATE MACRO is_json(value) AS json_valid(value)
  AND NOT regexp_matches(without_texts(value), '(?i)nan|inf|,[ \t\r]*[}\]]');

-- Halves of a character become U+FFFD: DuckDB would refuse them. A pair is whole, an escaped backslash no beginning of an escape.
CREATE MACRO whole_characters(value) AS replace(replace(replace(
  regexp_replace(
    regexp_replace(
      replace(value, '\\', chr(1)),
      '\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})', chr(2) || '\1' || chr(3) || '\2', 'g'),
    '\\u[dD][89a-fA-F][0-9a-fA-F]{2}', chr(65533), 'g'),
  chr(2), '\u'), chr(3), '\u'), chr(1), '\\');

-- What is nested too deeply for Spark: brackets that are open at once. Few lines have so many.
CREATE TABLE too_deep AS
  WITH many AS (
    SELECT file, line, string_split(regexp_replace(without_texts(content), '[^\[\]{}]', '', 'g'), '') AS brackets
    FROM line WHERE len(content) > 999 AND len(brackets) > 999
  ), walked AS (
    SELECT file, line, unnest(brackets) AS bracket, generate_subscripts(brackets, 1) AS place FROM many
  ), depth AS (
    SELECT file, line,
      sum(CASE WHEN bracket IN ('[', '{') THEN 1 ELSE -1 END) OVER (PARTITION BY file, line ORDER BY place) AS open
    FROM walked
  )
  SELECT file, line FROM depth GROUP BY file, line HAVING max(open) > 999;

CREATE TABLE judged_line AS
  WITH unmarked AS (
    SELECT file, line, whole_characters(CASE WHEN starts_with(content, chr(65279)) THEN substring(content, 2) ELSE content END) AS content
    FROM line
  )
  SELECT file, line, content, CASE
    WHEN content IS NULL THEN 'invalid_utf8'
    WHEN trim(content, e' \t\r') = '' THEN 'blank'
    WHEN (file, line) IN (FROM too_deep) THEN 'too_deep'
    WHEN regexp_matches(without_texts(content), '[0-9]{1000}[0-9]') THEN 'number_too_long'
    WHEN list_max(list_transform(regexp_extract_all(content, '"([^"]*)"[ \t\r]*:', 1), lambda key: len(key))) > 50000 THEN 'key_too_long'
    WHEN is_json(content) THEN 'json'
    ELSE 'malformed' END AS kind
  FROM unmarked;

CREATE TABLE json_node AS
  SELECT l.file, l.line, n.id, n.parent, n.key, n.type, n.atom
  FROM (SELECT file, line, content FROM judged_line WHERE kind = 'json') l, json_tree(l.content) n;

UPDATE judged_line SET kind = 'malformed' FROM (
    SELECT file, line FROM json_node WHERE parent IS NULL AND type <> 'OBJECT'
    UNION
    SELECT file, line FROM json_node WHERE parent IS NOT NULL GROUP BY file, line, parent, key HAVING count(*) > 1
  ) broken
  WHERE judged_line.file = broken.file AND judged_line.line = broken.line;

-- The fields of all events that are an object. A null is as good as no field, except that it may have an unknown name.
CREATE TABLE field AS
  SELECT n.file, n.line, n.key AS name, n.type, CASE WHEN n.type = 'VARCHAR' THEN json_extract_string(n.atom, '$') END AS value
  FROM json_node n JOIN judged_line l ON n.file = l.file AND n.line = l.line
  WHERE l.kind = 'json' AND n.parent = 0;

CREATE TABLE unknown_field AS
  SELECT file, line, name FROM field WHERE name NOT IN (SELECT name FROM schema_property);

CREATE TABLE known_field AS
  SELECT file, line, name, type, value FROM field WHERE type <> 'NULL' AND name IN (SELECT name FROM schema_property);

-- Entities: every reference of the day is decoded once, then looked up.
CREATE MACRO reference_form() AS '&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]*);';

CREATE MACRO windows_1252(code) AS
  [8364, 129, 8218, 402, 8222, 8230, 8224, 8225, 710, 8240, 352, 8249, 338, 141, 381, 143,
   144, 8216, 8217, 8220, 8221, 8226, 8211, 8212, 732, 8482, 353, 8250, 339, 157, 382, 376][code - 127];

CREATE MACRO character_of(code) AS CASE
  WHEN code = 0 OR code BETWEEN 55296 AND 57343 OR code > 1114111 THEN chr(65533)
  WHEN code BETWEEN 128 AND 159 THEN chr(windows_1252(code)::INTEGER)
  ELSE chr(code::INTEGER) END;

CREATE TABLE reference AS
  WITH found AS (
    SELECT DISTINCT unnest(regexp_extract_all(value, reference_form())) AS source FROM known_field WHERE contains(value, '&')
    UNION SELECT '&amp;'
  ), numbered AS (
    SELECT source, CASE
      WHEN regexp_matches(source, '^&#[0-9]') THEN source[3:-2]::BIGINT
      WHEN regexp_matches(source, '^&#[xX]') THEN ('0x' || source[4:-2])::BIGINT END AS code
    FROM found
  )
  SELECT source, CASE WHEN code IS NULL THEN coalesce(named_entity.text, source) ELSE character_of(code) END AS decoded
  FROM numbered LEFT JOIN named_entity ON numbered.code IS NULL AND named_entity.name = numbered.source[2:-2];

SET VARIABLE decoded = (SELECT map_from_entries(list((source, decoded))) FROM reference);

CREATE MACRO decode_entities(value) AS CASE
  WHEN NOT contains(value, '&') THEN value
  ELSE array_to_string(list_transform(
    list_zip(string_split_regex(value, reference_form()), regexp_extract_all(value, reference_form())),
    lambda piece: piece[1] || coalesce(getvariable('decoded')[piece[2]], piece[2], '')), '') END;

CREATE MACRO ingredient_lines(value) AS list_filter(list_transform(
  string_split(replace(replace(value, e'\r\n', e'\n'), e'\r', e'\n'), e'\n'),
  lambda part: js_trim(decode_entities(part))), lambda part: part <> '');

-- Durations: the form without its fraction, then the exact sum in millionths of a second.
CREATE MACRO is_duration(value) AS
  regexp_full_match(regexp_replace(value, '[.,][0-9]{1,6}([YMWDHS])$', '\1'),
    'P([0-9]{1,6}Y)?([0-9]{1,6}M)?([0-9]{1,6}W)?([0-9]{1,6}D)?(T([0-9]{1,6}H)?([0-9]{1,6}M)?([0-9]{1,6}S)?)?')
  AND regexp_matches(value, '[YMWDHS]$');

-- Years and months stand before the T and are no weeks or days.
CREATE MACRO is_fixed(value) AS
  NOT regexp_matches(regexp_replace(split_part(value, 'T', 1), '[0-9.,]+[WD]', '', 'g'), '[1-9]');

CREATE MACRO micros(value, designator, seconds) AS seconds * (
  '0' || regexp_extract(value, '([0-9]+)(?:[.,][0-9]+)?' || designator, 1)
  || rpad(regexp_extract(value, '[.,]([0-9]+)' || designator, 1), 6, '0'))::BIGINT;

CREATE MACRO is_unknown_duration(value) AS js_trim(value) IN ('', 'PT');

CREATE MACRO duration_seconds(value) AS CASE WHEN NOT is_unknown_duration(value) THEN
  (micros(value, 'W', 604800) + micros(value, 'D', 86400) + micros(value, 'H', 3600)
   + micros('T' || split_part(value, 'T', 2), 'M', 60) + micros(value, 'S', 1)) // 1000000 END;

CREATE MACRO is_day(value) AS
  regexp_full_match(value, '[0-9]{4}-[0-9]{2}-[0-9]{2}'
    || '(T([01][0-9]|2[0-3])(:[0-5][0-9](:[0-5][0-9]([.,][0-9]{1,9})?)?)?(Z|[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)?)?')
  AND value[1:4] <> '0000' AND try_cast(value[1:10] AS DATE) IS NOT NULL;

-- An unknown check must not pass in silence.
CREATE MACRO breaks(checked_by, value) AS CASE checked_by
  WHEN 'not_blank' THEN js_trim(value) = ''
  WHEN 'has_lines' THEN len(ingredient_lines(value)) = 0
  WHEN 'iso_duration' THEN NOT is_unknown_duration(value) AND NOT is_duration(js_trim(value))
  WHEN 'fixed_duration' THEN is_duration(js_trim(value)) AND NOT is_fixed(js_trim(value))
  WHEN 'iso_date' THEN js_trim(value) <> '' AND NOT is_day(js_trim(value))
  WHEN 'known_text' THEN value IS NULL OR js_trim(decode_entities(value)) = ''
  WHEN 'known_duration' THEN value IS NULL OR is_unknown_duration(value)
  ELSE error('The oracle has no check "' || checked_by || '": add it to duckdb-oracle.sql.') END;

CREATE TABLE finding AS
  WITH event AS (SELECT file, line FROM judged_line WHERE kind = 'json'), found AS (
    SELECT f.file, f.line, 'type' AS rule, f.name AS field, 1 AS stage, p.position
    FROM known_field f JOIN schema_property p ON p.name = f.name WHERE f.type <> 'VARCHAR'
    UNION ALL
    SELECT e.file, e.line, 'required', r.name, 2, r.position
    FROM event e CROSS JOIN schema_required r ANTI JOIN known_field f ON f.file = e.file AND f.line = e.line AND f.name = r.name
    UNION ALL
    SELECT file, line, 'additionalProperties', name, 3, 0 FROM unknown_field
  )
  SELECT found.*, coalesce(k.severity, 'error') AS severity FROM found LEFT JOIN keyword_severity k ON k.keyword = found.rule
  UNION ALL
  SELECT e.file, e.line, r.name, r.field, 4, r.position, r.severity
  FROM event e CROSS JOIN schema_rule r
  LEFT JOIN known_field f ON f.file = e.file AND f.line = e.line AND f.name = r.field
  WHERE coalesce(f.type, 'VARCHAR') = 'VARCHAR' AND breaks(r.checked_by, f.value)
  UNION ALL
  SELECT file, line, kind, NULL, 0, 0, 'error' FROM judged_line WHERE kind NOT IN ('json', 'blank');

CREATE TABLE reason AS SELECT file, line, rule, field, stage, position FROM finding WHERE severity = 'error';

CREATE TABLE accepted AS
  SELECT file, line FROM judged_line ANTI JOIN reason USING (file, line) WHERE kind = 'json';

CREATE TABLE warning AS SELECT file, line, rule, field FROM finding SEMI JOIN accepted USING (file, line) WHERE severity = 'warn';

CREATE TABLE recipe AS
  WITH event AS (
    SELECT file, line,
      js_trim(max(value) FILTER (name = 'url')) AS url,
      max(value) FILTER (name = 'name') AS name,
      max(value) FILTER (name = 'ingredients') AS ingredients,
      duration_seconds(max(value) FILTER (name = 'cookTime')) AS cook_time_seconds,
      duration_seconds(max(value) FILTER (name = 'prepTime')) AS prep_time_seconds,
      max(value) FILTER (name = 'recipeYield') AS recipe_yield,
      max(value) FILTER (name = 'image') AS image,
      max(value) FILTER (name = 'description') AS description,
      js_trim(max(value) FILTER (name = 'datePublished')) AS date_published
    FROM known_field SEMI JOIN accepted USING (file, line) GROUP BY file, line
    QUALIFY row_number() OVER (PARTITION BY url ORDER BY file DESC, line DESC) = 1
  )
  SELECT url, nullif(js_trim(decode_entities(name)), '') AS name, ingredient_lines(ingredients) AS ingredients,
    cook_time_seconds, prep_time_seconds,
    CASE WHEN cook_time_seconds IS NOT NULL OR prep_time_seconds IS NOT NULL
      THEN coalesce(cook_time_seconds, 0) + coalesce(prep_time_seconds, 0) END AS total_time_seconds,
    nullif(js_trim(decode_entities(recipe_yield)), '') AS recipe_yield,
    nullif(js_trim(decode_entities(image)), '') AS image,
    nullif(js_trim(decode_entities(description)), '') AS description,
    CASE WHEN is_day(date_published) THEN date_published[1:10]::DATE END AS date_published, file
  FROM event;

CREATE VIEW day_counts AS SELECT
  (SELECT count(*) FROM line) AS read,
  (SELECT count(*) FROM recipe) AS published,
  (SELECT count(*) FROM accepted) - (SELECT count(*) FROM recipe) AS superseded,
  (SELECT count(*) FROM (SELECT DISTINCT file, line FROM reason)) AS quarantined,
  (SELECT count(*) FROM judged_line WHERE kind = 'blank') AS blank;
