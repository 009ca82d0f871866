import { describeHostileText } from '../../support/hostile-text.ts';
import { NAUGHTY_STRINGS } from '../../support/naughty-strings.ts';

describeHostileText(NAUGHTY_STRINGS);
