/**
 * Preloaded by `npm run test:postgres`: the tests use PostgreSQL instead of SQLite, and match every response against
 * the OpenAPI document.
 */
process.env['TEST_DATABASE'] = 'postgres';
process.env['CHECK_OPENAPI'] = '1';
