/** Which parts of the Spark Connect interface the client uses. Where a message is named here, only the fields listed stay. */

export const service = {
  name: 'spark.connect.SparkConnectService',
  methods: [
    'ExecutePlan',
    'ReattachExecute',
    'ReleaseExecute',
    'AnalyzePlan',
    'Config',
    'Interrupt',
    'ReleaseSession',
    'FetchErrorDetails',
    'CloneSession',
  ],
};

/** Messages that no RPC names: they travel in the status details. */
export const extraMessages = ['google.rpc.Status', 'google.rpc.ErrorInfo', 'google.rpc.RetryInfo'];

const words = (text) => text.trim().split(/\s+/);

export const fields = {
  'spark.connect.Plan': words('root command'),
  'spark.connect.UserContext': words('user_id user_name'),
  'spark.connect.Relation': words(`
    common read project filter join set_op sort limit aggregate sql local_relation sample offset deduplicate range
    subquery_alias repartition to_df with_columns_renamed show_string drop tail with_columns hint unpivot to_schema
    repartition_by_expression collect_metrics parse with_relations transpose unresolved_table_valued_function lateral_join
    cached_remote_relation fill_na drop_na replace summary describe
    crosstab cov corr approx_quantile freq_items sample_by catalog`),
  'spark.connect.RelationCommon': words('plan_id'),
  'spark.connect.SQL': words('query named_arguments pos_arguments'),
  'spark.connect.WithColumnsRenamed': words('input renames'),
  'spark.connect.Expression': words(`
    literal unresolved_attribute unresolved_function expression_string unresolved_star alias cast unresolved_regex sort_order
    lambda_function window unresolved_extract_value update_fields unresolved_named_lambda_variable call_function
    named_argument_expression merge_action`),
  'spark.connect.Command': words(
    'write_operation create_dataframe_view write_operation_v2 sql_command checkpoint_command merge_into_table_command',
  ),
  'spark.connect.SqlCommand': words('input'),
  'spark.connect.ExecutePlanRequest.RequestOption': words('reattach_options result_chunking_options'),
  'spark.connect.ExecutePlanResponse': words(`
    session_id server_side_session_id operation_id response_id arrow_batch sql_command_result result_complete
    execution_progress observed_metrics schema checkpoint_command_result`),
  'spark.connect.AnalyzePlanRequest': words(`
    session_id client_observed_server_side_session_id user_context client_type schema explain tree_string is_local
    is_streaming input_files spark_version ddl_parse same_semantics semantic_hash json_to_ddl persist unpersist`),
  'spark.connect.AnalyzePlanResponse': words(`
    session_id server_side_session_id schema explain tree_string is_local is_streaming input_files spark_version ddl_parse
    same_semantics semantic_hash json_to_ddl persist unpersist`),
};
