-- A report of cooking times. Given: recipe(total_time_seconds, ingredients), the variable `word`, and
-- level(place, name, above_seconds, from_seconds, to_seconds, below_seconds), with null where there is no such limit.
-- Made: level_recipe, level_report.

CREATE MACRO has_word(ingredients) AS len(list_filter(ingredients,
  lambda part: regexp_matches(part, '(?i)(^|[^\p{L}\p{N}_])' || getvariable('word') || '([^\p{L}\p{N}_]|$)'))) > 0;

-- Both limits of every level are looked at, so that levels which overlap would count a recipe twice.
CREATE TABLE level_recipe AS
  SELECT total_time_seconds, place, name FROM recipe LEFT JOIN level
    ON total_time_seconds IS NOT NULL
    AND coalesce(total_time_seconds > above_seconds, true) AND coalesce(total_time_seconds >= from_seconds, true)
    AND coalesce(total_time_seconds <= to_seconds, true) AND coalesce(total_time_seconds < below_seconds, true)
  WHERE has_word(ingredients);

CREATE TABLE level_report AS
  SELECT name, sum(total_time_seconds)::DOUBLE / (60 * count(*))::DOUBLE AS minutes, count(*) AS recipes
  FROM level_recipe WHERE name IS NOT NULL GROUP BY place, name ORDER BY place;
