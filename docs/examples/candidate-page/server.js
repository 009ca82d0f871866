/** Serves the page of one candidate, and a route that mints the recruiter's token. Uses the proxy's settings. */
import express from 'express';
import { SignJWT } from 'jose';

const { HOST_TOKEN_SECRET, ALLOWED_ORIGINS, PUBLIC_URL } = process.env;
if (!HOST_TOKEN_SECRET || !ALLOWED_ORIGINS || !PUBLIC_URL) {
  console.error('Set HOST_TOKEN_SECRET, ALLOWED_ORIGINS and PUBLIC_URL as for the proxy: set -a; . ./proxy.env');
  process.exit(1);
}
/** The first allowed origin, at which this server listens. */
const pageUrl = new URL(ALLOWED_ORIGINS.split(',')[0]);
const app = express();

app.get('/', (_request, response) => {
  response.send(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Ben Sample</title>
<link rel="icon" href="data:,">
<script type="module" src="${PUBLIC_URL}/embed.js" data-token-url="/evalon-token"></script>
</head>
<body>
<h1>Ben Sample</h1>
<evalon-assessments candidate-email="ben@example.com" candidate-name="Ben Sample" project-id="proj_abc123">
</evalon-assessments>
</body>
</html>`);
});

app.post('/evalon-token', async (_request, response) => {
  // Replace these claims with those of the recruiter who is signed in to your ATS.
  const token = await new SignJWT({ projects: ['proj_abc123'], scope: 'read invite', name: 'Rita Recruiter' })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('my-ats')
    .setSubject('7')
    .setAudience('evalon-proxy')
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(new TextEncoder().encode(HOST_TOKEN_SECRET));
  response.set('cache-control', 'no-store').json({ token });
});

app.listen(Number(pageUrl.port), pageUrl.hostname, (error) => {
  if (error) throw error;
  console.log(`Open ${pageUrl.origin}`);
});
