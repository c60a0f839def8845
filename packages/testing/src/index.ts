export { createTestDatabase, type TestDatabase } from './create-test-database.ts';
export { eventually } from './eventually.ts';
export { type Answer, createHttpClient, type HttpClient } from './http-client.ts';
export { startTestIssuer, type TestIssuer } from './start-test-issuer.ts';
export { type TestInfra, testBrokers, testInfra } from './test-infra.ts';
export { uniquePrefix } from './unique-prefix.ts';
export { withoutCoverage } from './without-coverage.ts';
