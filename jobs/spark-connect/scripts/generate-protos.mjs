/**
 * Takes the .proto files out of the Spark Connect jar, prunes them to what the client uses and generates src/gen.
 * Usage: node generate-protos.mjs <folder with Spark's jars> [--check]; --check only says whether src/gen is current.
 * Runs on Node 20 without a JDK. Does nothing while jar, scripts and generator stay the same.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  CodeGeneratorRequestSchema,
  CodeGeneratorResponseSchema,
  FileDescriptorSetSchema,
} from '@bufbuild/protobuf/wkt';
import * as kept from './kept-protos.mjs';
import { pruneProtos } from './prune-protos.mjs';
import { readZip } from './zip.mjs';

const scriptsDir = dirname(fileURLToPath(import.meta.url));
const genDir = join(scriptsDir, '..', 'src', 'gen');
const stampFile = join(genDir, 'stamp.txt');
const PLUGIN_OPTIONS = 'target=js+dts,import_extension=js';
const PROTO = /^(spark\/connect\/[a-z_]+|google\/rpc\/(status|error_details))\.proto$/;
const require = createRequire(import.meta.url);

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(`generate-protos: ${error.message}`);
  process.exitCode = 1;
}

function main(argv) {
  const isCheck = argv.includes('--check');
  const jarsDir = argv.find((argument) => !argument.startsWith('--'));
  if (jarsDir === undefined) throw new Error("Name the folder with Spark's jars.");
  const jar = findJar(jarsDir);
  const stamp = stampOf(jar);
  if (readStamp() === stamp) return;
  if (isCheck) throw new Error(`src/gen is not made from ${jar}. Run this script without --check.`);
  const startedMs = performance.now();
  const set = descriptorSet(jar);
  const messages = pruneProtos(set, kept);
  const files = generate(set);
  install(files, stamp);
  console.error(
    `generate-protos: ${files.length} files, ${messages} messages, ${Math.round(performance.now() - startedMs)} ms`,
  );
}

function findJar(jarsDir) {
  const jars = readdirSync(jarsDir).filter((name) => /^spark-connect_[\d.]+-[^/]*\.jar$/.test(name));
  if (jars.length !== 1) throw new Error(`Expected one spark-connect_*.jar in ${jarsDir}, found ${jars.length}.`);
  return join(jarsDir, jars[0]);
}

function stampOf(jar) {
  const hash = createHash('sha256');
  hash.update(`${jar.split(/[\\/]/).pop()} ${statSync(jar).size} ${PLUGIN_OPTIONS}\n`);
  for (const name of readdirSync(scriptsDir).toSorted()) hash.update(name).update(readFileSync(join(scriptsDir, name)));
  for (const name of ['@bufbuild/buf', '@bufbuild/protoc-gen-es'])
    hash.update(readFileSync(packageFile(name, 'package.json')));
  return hash.digest('hex');
}

function readStamp() {
  try {
    return readFileSync(stampFile, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function packageFile(name, file) {
  return join(dirname(require.resolve(`${name}/package.json`)), file);
}

function binary(name, bin) {
  const manifest = JSON.parse(readFileSync(packageFile(name, 'package.json'), 'utf8'));
  return packageFile(name, typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[bin]);
}

function descriptorSet(jar) {
  const protos = readZip(jar, (name) => PROTO.test(name));
  if (!protos.has('spark/connect/base.proto')) throw new Error(`${jar} holds no spark/connect/base.proto.`);
  const folder = mkdtempSync(join(tmpdir(), 'spark-protos-'));
  try {
    for (const [name, content] of protos) {
      mkdirSync(join(folder, dirname(name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    const image = run(binary('@bufbuild/buf', 'buf'), [
      'build',
      folder,
      '--as-file-descriptor-set',
      '-o',
      '-#format=binpb',
    ]);
    return fromBinary(FileDescriptorSetSchema, image);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Speaks the plugin protocol of protoc with the generator directly: buf would only pass the same bytes on. */
function generate(set) {
  const request = create(CodeGeneratorRequestSchema, {
    fileToGenerate: set.file.map((file) => file.name).filter((name) => !name.startsWith('google/protobuf/')),
    parameter: PLUGIN_OPTIONS,
    protoFile: set.file,
  });
  const output = run(
    binary('@bufbuild/protoc-gen-es', 'protoc-gen-es'),
    [],
    toBinary(CodeGeneratorRequestSchema, request),
  );
  const response = fromBinary(CodeGeneratorResponseSchema, output);
  if (response.error !== '') throw new Error(response.error);
  return response.file;
}

function run(script, argv, input) {
  const result = spawnSync(process.execPath, [script, ...argv], { input, maxBuffer: 64 * 1024 * 1024 });
  if (result.error !== undefined) throw result.error;
  if (result.status !== 0) throw new Error(`${script} failed: ${result.stderr.toString().trim()}`);
  return result.stdout;
}

/** The folder appears whole: a run that is killed half way leaves the old one. */
function install(files, stamp) {
  const fresh = `${genDir}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  for (const { name, content } of files) {
    mkdirSync(join(fresh, dirname(name)), { recursive: true });
    writeFileSync(join(fresh, name), content);
  }
  writeFileSync(join(fresh, 'stamp.txt'), `${stamp}\n`);
  rmSync(genDir, { recursive: true, force: true });
  renameSync(fresh, genDir);
}
