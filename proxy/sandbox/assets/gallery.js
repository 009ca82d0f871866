/*
 * Loads the frames that are in sight and lets go of the others: a browser keeps six connections to one address, and
 * some states are about answers that never come.
 */

const frames = document.querySelectorAll('iframe');

const sight = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      const address = isIntersecting ? target.dataset.src : 'about:blank';
      target.contentWindow.location.replace(new URL(address, location.href));
    }
  },
  { rootMargin: '100px' },
);

const fit = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const frame = target.ownerDocument.defaultView?.frameElement;
    if (frame) frame.height = target.offsetHeight;
  }
});

for (const frame of frames) {
  frame.addEventListener('load', () => {
    const stage = frame.contentDocument?.querySelector('main');
    if (stage) fit.observe(stage);
  });
  sight.observe(frame);
}

for (const select of document.querySelectorAll('select')) select.addEventListener('change', () => select.form.submit());
