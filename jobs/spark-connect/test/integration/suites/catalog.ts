import { expect, test } from '@jest/globals';
import type { Live } from './live.ts';

export function catalogSuite({ spark, path }: Live): void {
  test('the catalog lists what is there, and says what it is', async () => {
    const { catalog } = spark();
    expect(await catalog.currentCatalog()).toBe('spark_catalog');
    expect(await catalog.currentDatabase()).toBe('default');
    await spark().range(1).createOrReplaceTempView('seen');
    expect(await catalog.getTable('seen')).toEqual({
      name: 'seen',
      catalog: null,
      namespace: [],
      description: null,
      tableType: 'TEMPORARY',
      isTemporary: true,
    });
    expect((await catalog.listTables()).map(({ name }) => name)).toContain('seen');
    expect(await catalog.listColumns('seen')).toMatchObject([{ name: 'id', dataType: 'bigint', isPartition: false }]);
    expect([await catalog.dropTempView('seen'), await catalog.tableExists('seen')]).toEqual([true, false]);
    await expect(catalog.getTable('seen')).rejects.toMatchObject({ code: 'server' });
  });

  test('a database is made and dropped, and views of the cache are told apart', async () => {
    const { catalog } = spark();
    await catalog.createDatabase('made', { ifNotExists: true });
    expect([await catalog.databaseExists('made'), await catalog.listDatabases('ma*')]).toMatchObject([
      true,
      [{ name: 'made', catalog: 'spark_catalog' }],
    ]);
    await catalog.dropDatabase('made', { cascade: true });
    await spark().range(1).createOrReplaceTempView('kept');
    await catalog.cacheTable('kept');
    expect(await catalog.isCached('kept')).toBe(true);
    await catalog.uncacheTable('kept');
    expect(await catalog.isCached('kept')).toBe(false);
  });

  test('a table is made of columns, or of the files that there are', async () => {
    const { catalog } = spark();
    await catalog.createTable('made_table', { source: 'parquet', schema: 'n INT, `b c` STRING', description: 'rows' });
    expect(await catalog.getTable('made_table')).toMatchObject({ tableType: 'MANAGED', description: 'rows' });
    expect(await spark().table('made_table').columns()).toEqual(['n', 'b c']);
    await spark().range(3).write.parquet(path('lain'));
    await catalog.createTable('lain_table', { path: path('lain'), source: 'parquet' });
    expect(await spark().table('lain_table').count()).toBe(3n);
    await expect(catalog.createTable('lain_table', { path: path('lain') })).rejects.toMatchObject({ code: 'server' });
    for (const name of ['made_table', 'lain_table']) await catalog.dropTable(name);
  });

  test('a new session knows nothing of this one, a clone all that it knows now', async () => {
    await spark().range(1).createOrReplaceTempView('mine');
    await spark().conf.set({ 'my.key': 'x' });
    await using fresh = await spark().newSession();
    await using clone = await spark().cloneSession();
    expect([await fresh.catalog.tableExists('mine'), await fresh.conf.get('my.key', 'none')]).toEqual([false, 'none']);
    expect([await clone.catalog.tableExists('mine'), await clone.conf.get('my.key', 'none')]).toEqual([true, 'x']);
    await clone.catalog.dropTempView('mine');
    expect(await spark().catalog.tableExists('mine')).toBe(true);
  });

  test('a conf says whether a session can change it', async () => {
    const { conf } = spark();
    expect(await conf.isModifiable('spark.sql.shuffle.partitions')).toBe(true);
    expect(await conf.isModifiable('spark.sql.warehouse.dir')).toBe(false);
  });
}
