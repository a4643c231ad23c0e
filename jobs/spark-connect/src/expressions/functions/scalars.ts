/** Functions of values of any type, of rows, and of the session. */
import { many, manyTexts, none, noneOrOne, one, oneOrTwo, oneText, three, two } from './call.ts';

export const scalars = {
  /** The first value that is not null. PySpark: `coalesce`. */
  coalesce: many('coalesce'),
  /** Of texts, bytes or arrays; null where one is null. PySpark: `concat`. */
  concat: many('concat'),
  /** The second where the first is null. PySpark: `ifnull`. */
  ifNull: two('ifnull'),
  /** Null where both are equal, else the first. PySpark: `nullif`. */
  nullIf: two('nullif'),
  /** Of at least two columns, nulls left out. PySpark: `greatest`. */
  greatest: many('greatest'),
  /** Of at least two columns, nulls left out. PySpark: `least`. */
  least: many('least'),
  /** Murmur3 of the columns, INT. PySpark: `hash`. */
  hash: many('hash'),
  /** xxHash of the columns, BIGINT. PySpark: `xxhash64`. */
  xxhash64: many('xxhash64'),
  /** True for NaN, false for null. PySpark: `isnan`. */
  isNaN: one('isnan'),
  /** Fails with this message for each row that asks for it. PySpark: `raise_error`. */
  raiseError: oneText('raise_error'),
  /** The type in DDL, as text. PySpark: `typeof`. */
  typeOf: one('typeof'),

  // Rows.
  /** The file that the row was read from, '' where there is none. PySpark: `input_file_name`. */
  inputFileName: none('input_file_name'),
  /** Grows with the rows of a partition and with partitions; not consecutive. PySpark: `monotonically_increasing_id`. */
  monotonicallyIncreasingId: none('monotonically_increasing_id'),
  /** Number of the row's partition, from 0. PySpark: `spark_partition_id`. */
  sparkPartitionId: none('spark_partition_id'),
  /** A random one for each row, as text; the same again for the same seed. PySpark: `uuid`. */
  uuid: noneOrOne('uuid'),

  // The session and its user.
  /** Its name. PySpark: `current_catalog`. */
  currentCatalog: none('current_catalog'),
  /** As {@link currentSchema}. PySpark: `current_database`. */
  currentDatabase: none('current_database'),
  /** Where functions are looked for. PySpark: `current_path`. */
  currentPath: none('current_path'),
  /** Its name. PySpark: `current_schema`. */
  currentSchema: none('current_schema'),
  /** Who runs the query. PySpark: `current_user`. */
  currentUser: none('current_user'),
  /** As {@link currentUser}. PySpark: `session_user`. */
  sessionUser: none('session_user'),
  /** As {@link currentUser}. PySpark: `user`. */
  user: none('user'),
  /** Of Spark, and its revision. PySpark: `version`. */
  version: none('version'),

  // The file that the row was read from.
  /** Bytes of the block, -1 where there is none. PySpark: `input_file_block_length`. */
  inputFileBlockLength: none('input_file_block_length'),
  /** Where the block begins, -1 where there is none. PySpark: `input_file_block_start`. */
  inputFileBlockStart: none('input_file_block_start'),

  // Truth.
  /** Null where it is true; else an error, with a message where one is given. PySpark: `assert_true`. */
  assertTrue: oneOrTwo('assert_true'),
  /** Whether both are equal, null equal to null. PySpark: `equal_null`. */
  equalNull: two('equal_null'),
  /** Whether there is a value. PySpark: `isnotnull`. */
  isNotNull: one('isnotnull'),
  /** Whether there is no value. PySpark: `isnull`. */
  isNull: one('isnull'),
  /** As {@link ifNull}. PySpark: `nvl`. */
  nvl: two('nvl'),
  /** The second where the first is not null, else the third. PySpark: `nvl2`. */
  nvl2: three('nvl2'),

  // Methods of Java.
  /** `javaMethod('java.lang.Math', 'abs', n)`: a static method, as text. PySpark: `java_method`. */
  javaMethod: manyTexts('java_method'),
  /** As {@link javaMethod}. PySpark: `reflect`. */
  reflect: manyTexts('reflect'),
  /** As {@link javaMethod}, null where it throws. PySpark: `try_reflect`. */
  tryReflect: manyTexts('try_reflect'),
  /** A value of a type of its own as that of which it is made. PySpark: `unwrap_udt`. */
  unwrapUdt: one('unwrap_udt'),
} as const;
