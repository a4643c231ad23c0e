-- The beef report. Given: recipe(total_time_seconds, ingredients). Made: beef_recipe, beef_report.

CREATE MACRO has_beef(ingredients) AS len(list_filter(ingredients,
  lambda part: regexp_matches(part, '(?i)(^|[^\p{L}\p{N}_])beef([^\p{L}\p{N}_]|$)'))) > 0;

CREATE TABLE beef_recipe AS
  SELECT total_time_seconds, CASE
    WHEN total_time_seconds < 1800 THEN 'easy'
    WHEN total_time_seconds <= 3600 THEN 'medium'
    WHEN total_time_seconds > 3600 THEN 'hard' END AS difficulty
  FROM recipe WHERE has_beef(ingredients);

CREATE TABLE beef_report AS
  SELECT difficulty, sum(total_time_seconds)::DOUBLE / (60 * count(*))::DOUBLE AS avg_total_cooking_time, count(*) AS recipes
  FROM beef_recipe WHERE difficulty IS NOT NULL GROUP BY difficulty
  ORDER BY list_position(['easy', 'medium', 'hard'], difficulty);
