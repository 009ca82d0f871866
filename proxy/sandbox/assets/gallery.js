/*
 * Loads the frames near the viewport and unloads the others. A browser opens at most six connections to one host, and
 * some stories keep a connection open.
 */

const visibilityObserver = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      const url = isIntersecting ? target.dataset.src : 'about:blank';
      target.contentWindow.location.replace(new URL(url, location.href));
    }
  },
  { rootMargin: '100px' },
);

const sizeObserver = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const frame = target.ownerDocument.defaultView?.frameElement;
    if (frame) frame.height = target.offsetHeight;
  }
});

for (const frame of document.querySelectorAll('iframe')) {
  frame.addEventListener('load', () => {
    const content = frame.contentDocument?.querySelector('main');
    if (content) sizeObserver.observe(content);
  });
  visibilityObserver.observe(frame);
}

for (const select of document.querySelectorAll('select')) select.addEventListener('change', () => select.form.submit());
