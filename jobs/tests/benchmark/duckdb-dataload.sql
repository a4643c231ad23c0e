-- A day the straightforward way: JSON lines to one sorted Parquet object, the broken ones beside it.
-- Given: the variables lines (a glob), table_file, quarantine_file.

CREATE MACRO plain(text) AS nullif(trim(CASE WHEN contains(text, '&')
  THEN replace(replace(replace(replace(replace(text, '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&nbsp;', ' '), '&amp;', '&')
  ELSE text END), '');
CREATE MACRO is_duration(text) AS regexp_full_match(text, 'P(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?') AND text NOT IN ('P', 'PT');
CREATE MACRO part(text, unit) AS coalesce(try_cast(regexp_extract(text, '(\d+)' || unit, 1) AS BIGINT), 0);
CREATE MACRO seconds(text) AS part(text, 'D') * 86400 + part(text, 'H') * 3600 + part(text, 'M') * 60 + part(text, 'S');
CREATE MACRO is_good(url, ingredients, cook, prep) AS coalesce(trim(url) <> '', false) AND coalesce(trim(ingredients) <> '', false)
  AND (cook IS NULL OR is_duration(cook)) AND (prep IS NULL OR is_duration(prep));

CREATE TEMP TABLE event AS
  SELECT *, row_number() OVER () AS position, is_good(url, ingredients, cookTime, prepTime) AS good
  FROM read_json(getvariable('lines'), format = 'newline_delimited', columns = {
    name: 'VARCHAR', ingredients: 'VARCHAR', url: 'VARCHAR', image: 'VARCHAR', cookTime: 'VARCHAR', recipeYield: 'VARCHAR',
    datePublished: 'VARCHAR', prepTime: 'VARCHAR', description: 'VARCHAR'});

COPY (SELECT * EXCLUDE (good) FROM event WHERE NOT good) TO (getvariable('quarantine_file')) (FORMAT json);

COPY (
  SELECT trim(url) AS url, plain(name) AS name,
    list_filter(list_transform(string_split(ingredients, chr(10)), lambda line: plain(line)), lambda line: line IS NOT NULL) AS ingredients,
    seconds(cookTime) AS cook_time_seconds, seconds(prepTime) AS prep_time_seconds,
    seconds(cookTime) + seconds(prepTime) AS total_time_seconds, plain(recipeYield) AS recipe_yield,
    plain(image) AS image, plain(description) AS description, try_cast(datePublished AS DATE) AS date_published
  FROM event WHERE good
  QUALIFY row_number() OVER (PARTITION BY trim(url) ORDER BY position DESC) = 1
  ORDER BY url
) TO (getvariable('table_file')) (FORMAT parquet, COMPRESSION zstd);
