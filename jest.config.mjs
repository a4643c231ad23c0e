/** Tests run on the sources: Node's own type stripping keeps lines and columns, so nothing is built first. */
const shared = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/jobs/tools/strip-types.mjs' },
  testPathIgnorePatterns: ['/node_modules/', '/data/'],
  modulePathIgnorePatterns: ['<rootDir>/jobs/[^/]*/dist/'],
};
/** Set by jobs/tools/test.mjs where the S3 server can be neither found nor built. */
const ofS3 = process.env.TEST_WITHOUT_S3 ? ['/(integration|long)(/.*)?/(s3-|[a-z-]*-on-s3)'] : [];
/** The AWS of the tests is written in it. */
const ofPython = process.env.TEST_WITHOUT_PYTHON ? ['/integration/aws/'] : [];
const withServer = {
  ...shared,
  testPathIgnorePatterns: [...shared.testPathIgnorePatterns, ...ofS3, ...ofPython],
  globalSetup: '<rootDir>/jobs/tests/servers/test-servers.mjs',
  globalTeardown: '<rootDir>/jobs/tests/servers/test-servers-stop.mjs',
};

export default {
  coverageProvider: 'v8',
  reporters: ['default', '<rootDir>/jobs/tools/summary-reporter.mjs'],
  testSequencer: '<rootDir>/jobs/tools/integration-first.mjs',
  // Files wait about as much as they compute: four side by side, on the same three servers.
  maxWorkers: 4,
  // Ends what hangs; how fast a machine is, is no matter of a test.
  testTimeout: 300_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/jobs/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '/tests?/(integration|long|images|e2e)/'],
    },
    { ...withServer, displayName: 'integration', testMatch: ['<rootDir>/jobs/**/integration/**/*.test.ts'] },
    {
      ...shared,
      displayName: 'e2e',
      testMatch: ['<rootDir>/jobs/tests/e2e/**/*.test.ts'],
      globalSetup: '<rootDir>/jobs/tests/e2e/e2e-stack.mjs',
      globalTeardown: '<rootDir>/jobs/tests/e2e/e2e-stack-stop.mjs',
    },
    { ...withServer, displayName: 'long', testMatch: ['<rootDir>/jobs/**/long/**/*.test.ts'] },
    { ...shared, displayName: 'images', testMatch: ['<rootDir>/jobs/tests/images/**/*.test.ts'] },
  ],
};
