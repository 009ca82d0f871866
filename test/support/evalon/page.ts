/** What the candidate sees behind the one-click link: one button that finishes the assessment. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EvalonState, TestEvalon } from '../evalon.ts';

export async function handleCandidatePage(
  evalon: TestEvalon,
  parts: EvalonState,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const session = parts.sessions.findByLinkToken((request.url ?? '').slice('/take/'.length));
  if (!session) {
    page(response, 404, '<h1>This link is not valid</h1>');
    return;
  }
  if (request.method === 'POST') {
    request.resume();
    await evalon.completeSession(session.session_uuid);
  }
  const done = session.status === 'completed';
  page(response, 200, done ? '<h1>Thank you</h1>' : '<form method="post"><button>Finish</button></form>');
}

function page(response: ServerResponse, status: number, content: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html><html lang="en"><title>Assessment</title>${content}</html>`);
}
