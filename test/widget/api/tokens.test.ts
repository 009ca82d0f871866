import { assert } from 'chai';
import { createTokenSource, type TokenSetting } from '../../../widget/api/token-source.ts';
import { Tokens } from '../../../widget/api/tokens.ts';
import { WidgetTestClock } from '../fake-clock.ts';
import { encodeUnsignedToken } from '../scripted-proxy.ts';

const noFetch: typeof fetch = () => Promise.reject(new TypeError('unexpected fetch'));

function createTokens(setting: TokenSetting, clock = new WidgetTestClock(), fetcher = noFetch): Tokens {
  return new Tokens(createTokenSource(setting, 'https://proxy.example', fetcher), clock);
}

describe('tokens', () => {
  it('are requested once for concurrent callers, and kept until 60 s before they expire', async () => {
    const clock = new WidgetTestClock();
    let requestCount = 0;
    const getToken = async () => encodeUnsignedToken({ serial: requestCount++, exp: clock.time / 1000 + 600 });
    const tokens = createTokens(getToken, clock);
    const first = await Promise.all([tokens.get(), tokens.get()]);
    assert.equal(first[0], first[1]);
    clock.time += 539_000;
    assert.equal(await tokens.get(), first[0]);
    clock.time += 1_000;
    assert.notEqual(await tokens.get(), first[0]);
    assert.equal(requestCount, 2);
  });

  it('are replaced only once if the proxy refuses several requests with the same token', async () => {
    let requestCount = 0;
    const tokens = createTokens(() => `token-${++requestCount}`);
    const refused = await tokens.get();
    assert.deepEqual(await Promise.all([tokens.renew(refused), tokens.renew(refused)]), ['token-2', 'token-2']);
    assert.equal(await tokens.renew(refused), 'token-2');
  });

  it('come from a same-origin POST if the page sets a token URL', async () => {
    const calls: [unknown, RequestInit | undefined][] = [];
    const fetcher: typeof fetch = async (url, init) => {
      calls.push([url, init]);
      return Response.json({ token: 'from the URL' });
    };
    const tokens = createTokens('/evalon-token', new WidgetTestClock(), fetcher);
    assert.equal(await tokens.get(), 'from the URL');
    assert.equal(calls[0]?.[0], new URL('/evalon-token', location.href).href);
    assert.include(calls[0]?.[1], { method: 'POST', mode: 'same-origin' });
  });

  it('fail with “no_token” if the page throws, returns no string, or never responds', async () => {
    const clock = new WidgetTestClock();
    const getErrorCode = (source: () => unknown) =>
      createTokens(source as () => string, clock)
        .get()
        .catch((error) => error.code);
    assert.equal(await getErrorCode(() => Promise.reject(new Error('no session'))), 'no_token');
    assert.equal(await getErrorCode(() => ({ token: 'not a string' })), 'no_token');
    const pendingCode = getErrorCode(() => new Promise(() => {}));
    await clock.advance(10_000);
    assert.equal(await pendingCode, 'no_token');
  });

  it('are not requested in a loop if the clock of the recruiter’s computer is one hour ahead', async () => {
    const clock = new WidgetTestClock();
    let requestCount = 0;
    const tokens = createTokens(
      () => encodeUnsignedToken({ serial: requestCount++, exp: clock.time / 1000 - 3_600 }),
      clock,
    );
    await tokens.get();
    await tokens.get();
    assert.equal(requestCount, 1);
    assert.isAbove(tokens.renewAt ?? 0, clock.time);
  });
});
