import { stripTypeScriptTypes } from 'node:module';

/** The jest transform: the same stripping that Node does when it runs the jobs. */
export default { process: (source) => ({ code: stripTypeScriptTypes(source) }) };
