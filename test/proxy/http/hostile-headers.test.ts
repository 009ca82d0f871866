import { describeHostileHeaders } from '../../support/hostile-headers.ts';
import { FEW_NAUGHTY_STRINGS } from '../../support/naughty-strings.ts';

describeHostileHeaders(FEW_NAUGHTY_STRINGS);
