import { describeHostileHeaders } from '../../support/hostile-headers.ts';
import { NAUGHTY_STRINGS } from '../../support/naughty-strings.ts';

describeHostileHeaders(NAUGHTY_STRINGS);
