/** Uppy's dashboard, inline in the page. */
import Uppy from '@uppy/core';
import Dashboard from '@uppy/dashboard';
import '@uppy/core/css/style.min.css';
import '@uppy/dashboard/css/style.min.css';

new Uppy().use(Dashboard, { inline: true, target: '#widget', width: '100%' });
