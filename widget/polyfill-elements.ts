/** For browsers that have shadow trees but no custom elements. Other browsers never fetch it. */
import '@webcomponents/webcomponentsjs/bundles/webcomponents-ce.js';
