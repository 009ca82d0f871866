/** For browsers without shadow trees. Other browsers never fetch it. */
import '@webcomponents/webcomponentsjs/bundles/webcomponents-sd-ce.js';
