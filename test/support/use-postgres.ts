/** Preloaded by `npm run test:postgres`: the tests use PostgreSQL instead of SQLite. */
process.env['TEST_DATABASE'] = 'postgres';
