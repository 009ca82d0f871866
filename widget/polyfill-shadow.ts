/** For browsers without shadow trees. Fetched by nobody else. */
import '@webcomponents/webcomponentsjs/bundles/webcomponents-sd-ce.js';
