/** For browsers that have shadow trees but no custom elements. Fetched by nobody else. */
import '@webcomponents/webcomponentsjs/bundles/webcomponents-ce.js';
