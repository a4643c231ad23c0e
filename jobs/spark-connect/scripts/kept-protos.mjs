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
    'AddArtifacts',
    'ArtifactStatus',
  ],
};

/** Messages that no RPC names: they travel in the status details. */
export const extraMessages = ['google.rpc.Status', 'google.rpc.ErrorInfo', 'google.rpc.RetryInfo'];

const words = (text) => text.trim().split(/\s+/);

export const fields = {
  'spark.connect.Plan': words('root command compressed_operation'),
  'spark.connect.UserContext': words('user_id user_name'),
  'spark.connect.Relation': words(`
    common parse read project filter join set_op sort limit aggregate sql local_relation sample offset deduplicate range
    subquery_alias repartition to_df with_columns_renamed show_string drop tail with_columns hint unpivot to_schema
    repartition_by_expression collect_metrics transpose lateral_join
    cached_remote_relation chunked_cached_local_relation with_watermark with_relations nearest_by_join relation_changes
    unresolved_table_valued_function fill_na drop_na replace summary describe
    crosstab cov corr approx_quantile freq_items sample_by catalog`),
  'spark.connect.RelationCommon': words('plan_id'),
  'spark.connect.SQL': words('query named_arguments pos_arguments'),
  'spark.connect.WithColumnsRenamed': words('input renames'),
  'spark.connect.Expression': words(`
    literal unresolved_attribute unresolved_function expression_string unresolved_star alias cast sort_order
    lambda_function window unresolved_extract_value update_fields unresolved_named_lambda_variable call_function merge_action
    unresolved_regex direct_shuffle_partition_id subquery_expression`),
  'spark.connect.Catalog': words(`
    current_database set_current_database list_databases list_tables list_functions list_columns get_database get_table
    get_function database_exists table_exists function_exists drop_temp_view drop_global_temp_view recover_partitions is_cached
    cache_table uncache_table clear_cache refresh_table refresh_by_path current_catalog set_current_catalog list_catalogs
    drop_table drop_view create_database drop_database list_partitions list_views get_table_properties
    get_create_table_string truncate_table analyze_table create_table`),
  'spark.connect.Command': words(`
    write_operation create_dataframe_view write_operation_v2 sql_command checkpoint_command merge_into_table_command
    write_stream_operation_start streaming_query_command streaming_query_manager_command`),
  'spark.connect.WriteStreamOperationStart': words(`
    input format options partitioning_column_names processing_time_interval available_now once
    continuous_checkpoint_interval real_time_batch_duration output_mode query_name path table_name
    clustering_column_names`),
  'spark.connect.WriteStreamOperationStartResult': words('query_id name'),
  'spark.connect.StreamingQueryManagerCommand': words('active get_query await_any_termination reset_terminated'),
  'spark.connect.StreamingQueryManagerCommandResult': words('active query await_any_termination reset_terminated'),
  'spark.connect.SubqueryExpression': words('plan_id subquery_type table_arg_options in_subquery_values'),
  'spark.connect.SqlCommand': words('input'),
  'spark.connect.ExecutePlanRequest.RequestOption': words('reattach_options result_chunking_options'),
  'spark.connect.ExecutePlanResponse': words(`
    session_id server_side_session_id operation_id response_id arrow_batch sql_command_result result_complete
    execution_progress observed_metrics schema checkpoint_command_result write_stream_operation_start_result
    streaming_query_command_result streaming_query_manager_command_result`),
  'spark.connect.AnalyzePlanRequest': words(`
    session_id client_observed_server_side_session_id user_context client_type schema explain spark_version persist
    unpersist tree_string is_local is_streaming input_files same_semantics semantic_hash get_storage_level`),
  'spark.connect.AnalyzePlanResponse': words(`
    session_id server_side_session_id schema explain spark_version persist unpersist tree_string is_local is_streaming
    input_files same_semantics semantic_hash get_storage_level`),
};
