/** For browsers without shadow trees or without custom elements. Other browsers never fetch it. */
import '@webcomponents/webcomponentsjs/bundles/webcomponents-sd-ce.js';
