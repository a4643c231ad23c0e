/** The catalogs of the server: databases, tables, views, functions, and which of them are kept in memory. */
import type { CatalogInfo, ColumnInfo, DatabaseInfo, FunctionInfo, TableInfo } from './catalog-entries.ts';
import { allRows, rowDecoder } from './decoders.ts';
import { SparkError } from '../errors.ts';
import { type CatalogCall, catalogCall } from '../plan/catalog.ts';
import { queryPlan } from '../plan/plan.ts';
import { type StorageLevel, storageLevel as storageLevelOf } from '../plan/storage-level.ts';
import { type Options, textOptions } from './options.ts';
import { unparsedType } from '../plan/reshape.ts';
import type { Row } from '../rows/row.ts';
import { ddlOf, type Schema } from '../rows/schema.ts';
import type { Runner } from './work.ts';

export interface CreateDatabaseOptions {
  readonly ifNotExists?: boolean;
  readonly properties?: Readonly<Record<string, string>>;
}

export interface DropDatabaseOptions {
  readonly ifExists?: boolean;
  /** With all its tables; without it a database that has some is an error. */
  readonly cascade?: boolean;
}

export interface CreateTableOptions {
  /** A folder of the server, whose files become the table's rows; the table is then external. */
  readonly path?: string;
  /** Such as `parquet`; the server's default unless said. */
  readonly source?: string;
  /** Without it the columns are those of the files. */
  readonly schema?: Schema;
  readonly description?: string;
  /** Of the source. */
  readonly options?: Options;
}

export interface DropTableOptions {
  readonly ifExists?: boolean;
  /** Past the trash. */
  readonly purge?: boolean;
}

/** Names may be qualified: `catalog.database.table`. PySpark: `Catalog`, as `spark.catalog`. */
export class Catalog {
  readonly #runner: Runner;

  /** Made by a session, not by callers. */
  constructor(runner: Runner) {
    this.#runner = runner;
  }

  /** PySpark: `catalog.currentCatalog`. */
  async currentCatalog(): Promise<string> {
    return await this.#value({ case: 'currentCatalog', value: {} });
  }

  /** For this session. PySpark: `catalog.setCurrentCatalog`. */
  async setCurrentCatalog(catalogName: string): Promise<void> {
    await this.#rows({ case: 'setCurrentCatalog', value: { catalogName } });
  }

  /** PySpark: `catalog.listCatalogs`. @param pattern with `*` for any text and `|` between choices */
  async listCatalogs(pattern?: string): Promise<CatalogInfo[]> {
    return await this.#rows({ case: 'listCatalogs', value: given({ pattern }) });
  }

  /** PySpark: `catalog.currentDatabase`. */
  async currentDatabase(): Promise<string> {
    return await this.#value({ case: 'currentDatabase', value: {} });
  }

  /** For this session. PySpark: `catalog.setCurrentDatabase`. */
  async setCurrentDatabase(dbName: string): Promise<void> {
    await this.#rows({ case: 'setCurrentDatabase', value: { dbName } });
  }

  /** PySpark: `catalog.listDatabases`. @param pattern as in {@link listCatalogs} */
  async listDatabases(pattern?: string): Promise<DatabaseInfo[]> {
    return await this.#rows({ case: 'listDatabases', value: given({ pattern }) });
  }

  /** PySpark: `catalog.getDatabase`. @throws SparkError `server` where there is none */
  async getDatabase(dbName: string): Promise<DatabaseInfo> {
    return await this.#row({ case: 'getDatabase', value: { dbName } });
  }

  /** PySpark: `catalog.databaseExists`. */
  async databaseExists(dbName: string): Promise<boolean> {
    return await this.#value({ case: 'databaseExists', value: { dbName } });
  }

  /** PySpark: `catalog.createDatabase`. @throws SparkError `server` where there is one, unless told to leave it */
  async createDatabase(
    dbName: string,
    { ifNotExists = false, properties = {} }: CreateDatabaseOptions = {},
  ): Promise<void> {
    await this.#rows({ case: 'createDatabase', value: { dbName, ifNotExists, properties: { ...properties } } });
  }

  /** PySpark: `catalog.dropDatabase`. */
  async dropDatabase(dbName: string, { ifExists = false, cascade = false }: DropDatabaseOptions = {}): Promise<void> {
    await this.#rows({ case: 'dropDatabase', value: { dbName, ifExists, cascade } });
  }

  /** Tables and views of a database, the current one unless said. PySpark: `catalog.listTables`. */
  async listTables(dbName?: string, pattern?: string): Promise<TableInfo[]> {
    return await this.#rows({ case: 'listTables', value: given({ dbName, pattern }) });
  }

  /** PySpark: `catalog.listViews`. */
  async listViews(dbName?: string, pattern?: string): Promise<TableInfo[]> {
    return await this.#rows({ case: 'listViews', value: given({ dbName, pattern }) });
  }

  /** PySpark: `catalog.getTable`. @throws SparkError `server` where there is none */
  async getTable(tableName: string): Promise<TableInfo> {
    return await this.#row({ case: 'getTable', value: { tableName } });
  }

  /** Whether there is a table or view. PySpark: `catalog.tableExists`. */
  async tableExists(tableName: string): Promise<boolean> {
    return await this.#value({ case: 'tableExists', value: { tableName } });
  }

  /** PySpark: `catalog.listColumns`. */
  async listColumns(tableName: string): Promise<ColumnInfo[]> {
    return await this.#rows({ case: 'listColumns', value: { tableName } });
  }

  /** PySpark: `catalog.listPartitions`. @returns such as `year=2019/month=11` */
  async listPartitions(tableName: string): Promise<string[]> {
    return (await this.#rows<Row>({ case: 'listPartitions', value: { tableName } })).map((row) =>
      String(Object.values(row)[0]),
    );
  }

  /** The statement that would make the table again. PySpark: `catalog.getCreateTableString`. */
  async getCreateTableString(tableName: string): Promise<string> {
    return await this.#value({ case: 'getCreateTableString', value: { tableName, asSerde: false } });
  }

  /** PySpark: `catalog.getTableProperties`. */
  async getTableProperties(tableName: string): Promise<Record<string, string>> {
    const rows = await this.#rows<Row>({ case: 'getTableProperties', value: { tableName } });
    return Object.fromEntries(rows.map((row) => Object.values(row) as [string, string]));
  }

  /**
   * A table of these columns, or of what lies at the path, which then is the table's. PySpark: `catalog.createTable`.
   * @throws SparkError `server` (`TABLE_OR_VIEW_ALREADY_EXISTS`) where there is one
   */
  async createTable(tableName: string, { schema, options = {}, ...parts }: CreateTableOptions = {}): Promise<void> {
    const columns = schema === undefined ? {} : { schema: unparsedType(ddlOf(schema)) };
    const value = { tableName, options: textOptions(options), ...given(parts), ...columns };
    await this.#rows({ case: 'createTable', value });
  }

  /** PySpark: `catalog.dropTable`. */
  async dropTable(tableName: string, { ifExists = false, purge = false }: DropTableOptions = {}): Promise<void> {
    await this.#rows({ case: 'dropTable', value: { tableName, ifExists, purge } });
  }

  /** PySpark: `catalog.dropView`. */
  async dropView(viewName: string, { ifExists = false }: { readonly ifExists?: boolean } = {}): Promise<void> {
    await this.#rows({ case: 'dropView', value: { viewName, ifExists } });
  }

  /** PySpark: `catalog.dropTempView`. @returns whether there was one */
  async dropTempView(viewName: string): Promise<boolean> {
    return await this.#value({ case: 'dropTempView', value: { viewName } });
  }

  /** PySpark: `catalog.dropGlobalTempView`. @returns whether there was one */
  async dropGlobalTempView(viewName: string): Promise<boolean> {
    return await this.#value({ case: 'dropGlobalTempView', value: { viewName } });
  }

  /** Its rows go, the table stays. PySpark: `catalog.truncateTable`. */
  async truncateTable(tableName: string): Promise<void> {
    await this.#rows({ case: 'truncateTable', value: { tableName } });
  }

  /** Statistics for the planner. PySpark: `catalog.analyzeTable`. @param noScan only the size, without reading rows */
  async analyzeTable(tableName: string, noScan = false): Promise<void> {
    await this.#rows({ case: 'analyzeTable', value: { tableName, noScan } });
  }

  /** PySpark: `catalog.listFunctions`. */
  async listFunctions(dbName?: string, pattern?: string): Promise<FunctionInfo[]> {
    return await this.#rows({ case: 'listFunctions', value: given({ dbName, pattern }) });
  }

  /** PySpark: `catalog.getFunction`. @throws SparkError `server` where there is none */
  async getFunction(functionName: string): Promise<FunctionInfo> {
    return await this.#row({ case: 'getFunction', value: { functionName } });
  }

  /** PySpark: `catalog.functionExists`. */
  async functionExists(functionName: string): Promise<boolean> {
    return await this.#value({ case: 'functionExists', value: { functionName } });
  }

  /** PySpark: `catalog.isCached`. */
  async isCached(tableName: string): Promise<boolean> {
    return await this.#value({ case: 'isCached', value: { tableName } });
  }

  /** The server keeps its rows from their first use on. PySpark: `catalog.cacheTable`. */
  async cacheTable(tableName: string, level?: StorageLevel): Promise<void> {
    const storageLevel = level === undefined ? {} : { storageLevel: storageLevelOf(level) };
    await this.#rows({ case: 'cacheTable', value: { tableName, ...storageLevel } });
  }

  /** The server lets its rows go. PySpark: `catalog.uncacheTable`. */
  async uncacheTable(tableName: string): Promise<void> {
    await this.#rows({ case: 'uncacheTable', value: { tableName } });
  }

  /** The server lets the rows of all tables go, of all sessions. PySpark: `catalog.clearCache`. */
  async clearCache(): Promise<void> {
    await this.#rows({ case: 'clearCache', value: {} });
  }

  /** What the server remembers of the table's files is looked up anew. PySpark: `catalog.refreshTable`. */
  async refreshTable(tableName: string): Promise<void> {
    await this.#rows({ case: 'refreshTable', value: { tableName } });
  }

  /** As {@link refreshTable}, for whatever reads the path. PySpark: `catalog.refreshByPath`. */
  async refreshByPath(path: string): Promise<void> {
    await this.#rows({ case: 'refreshByPath', value: { path } });
  }

  /** Partitions that are folders only become the table's. PySpark: `catalog.recoverPartitions`. */
  async recoverPartitions(tableName: string): Promise<void> {
    await this.#rows({ case: 'recoverPartitions', value: { tableName } });
  }

  async #rows<R>(call: CatalogCall): Promise<R[]> {
    const work = { plan: queryPlan(catalogCall(call)), observations: [] };
    return (await allRows(this.#runner.batches(work, rowDecoder()))) as R[];
  }

  async #row<R>(call: CatalogCall): Promise<R> {
    const [row] = await this.#rows<R>(call);
    if (row === undefined) throw new SparkError('protocol', `The server answered ${call.case} without a row.`);
    return row;
  }

  async #value<T>(call: CatalogCall): Promise<T> {
    return Object.values(await this.#row<Record<string, unknown>>(call))[0] as T;
  }
}

/** Without what is undefined: there a message has no field. */
function given<T extends Readonly<Record<string, string | undefined>>>(fields: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: string;
  };
}
