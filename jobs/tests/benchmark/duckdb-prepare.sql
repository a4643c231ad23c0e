-- The report the straightforward way. Given: the variables table_file, report_file.
COPY (
  SELECT CASE WHEN total_time_seconds < 1800 THEN 'easy' WHEN total_time_seconds <= 3600 THEN 'medium' ELSE 'hard' END AS difficulty,
    sum(total_time_seconds) / (60 * count(*)) AS avg_total_cooking_time
  FROM read_parquet(getvariable('table_file'))
  WHERE len(list_filter(ingredients, lambda line: regexp_matches(line, '(?i)\bbeef\b'))) > 0
  GROUP BY ALL ORDER BY min(total_time_seconds)
) TO (getvariable('report_file')) (FORMAT csv);
