import { testEngine } from '../../support/engines/engine-tests.ts';

await testEngine('WebKit');
