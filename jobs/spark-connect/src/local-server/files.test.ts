import { describe, expect, test } from '@jest/globals';
import { commandLine, sparkDefaults } from './files.ts';

const parts = {
  jarsDir: '/jars',
  hasClassArchive: false,
  folder: '/tmp/own',
  heap: '1g',
  javaPath: '/opt/java',
  javaOptions: ['-XX:TieredStopAtLevel=1'],
  cores: 3,
  port: 15_123,
  serverId: 'id-1',
  conf: {},
};

describe('the files of a local server', () => {
  test('keep it on this machine and in its own folder', () => {
    const lines = sparkDefaults(parts).split('\n');
    expect(lines).toContain('spark.master=local[3]');
    expect(lines).toContain('spark.connect.grpc.binding.address=127.0.0.1');
    expect(lines).toContain('spark.connect.grpc.binding.port=15123');
    expect(lines).toContain('spark.sql.warehouse.dir=/tmp/own/warehouse');
    expect(lines).toContain('spark.connect.localServer.id=id-1');
  });

  test('give way to the confs of the caller, whatever signs they hold', () => {
    const text = sparkDefaults({ ...parts, conf: { 'spark.ui.enabled': 'true', 'spark.a': 'C:\\x = #1\nü' } });
    expect(text).toContain('spark.ui.enabled=true\n');
    expect(text).not.toContain('spark.ui.enabled=false');
    expect(text).toContain(String.raw`spark.a=C\:\\x\ \=\ \#1\n\u00fc`);
  });

  test('the command line names java, heap, class path and main class', () => {
    const line = commandLine(parts);
    expect(line[0]).toBe('/opt/java');
    expect(line).toEqual(expect.arrayContaining(['-Xmx1g', '-XX:TieredStopAtLevel=1']));
    expect(line[line.indexOf('-cp') + 1]).toBe('/jars/*');
    expect(line.at(-1)).toBe('spark-internal');
  });

  test('the command line names the archive of classes where the jars have one', () => {
    const option = '-XX:SharedArchiveFile=/jars/classes.jsa';
    expect(commandLine(parts)).not.toContain(option);
    expect(commandLine({ ...parts, hasClassArchive: true })).toContain(option);
  });
});
