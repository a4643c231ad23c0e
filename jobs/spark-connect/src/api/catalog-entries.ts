/** What the catalog says of the things that it lists. */

/** PySpark: `CatalogMetadata`. */
export interface CatalogInfo {
  readonly name: string;
  readonly description: string | null;
}

/** PySpark: `Database`. */
export interface DatabaseInfo {
  readonly name: string;
  readonly catalog: string | null;
  readonly description: string | null;
  readonly locationUri: string;
}

/** PySpark: `Table`. */
export interface TableInfo {
  readonly name: string;
  readonly catalog: string | null;
  /** None for a temporary view. */
  readonly namespace: readonly string[] | null;
  readonly description: string | null;
  /** Such as `MANAGED`, `EXTERNAL`, `VIEW`, `TEMPORARY`. */
  readonly tableType: string;
  readonly isTemporary: boolean;
}

/** PySpark: `Column` of the catalog. */
export interface ColumnInfo {
  readonly name: string;
  readonly description: string | null;
  /** In DDL, in small letters. */
  readonly dataType: string;
  readonly nullable: boolean;
  readonly isPartition: boolean;
  readonly isBucket: boolean;
  readonly isCluster: boolean;
}

/** PySpark: `Function`. */
export interface FunctionInfo {
  readonly name: string;
  readonly catalog: string | null;
  readonly namespace: readonly string[] | null;
  readonly description: string | null;
  readonly className: string;
  readonly isTemporary: boolean;
}
