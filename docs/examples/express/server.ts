/** An ATS that serves the proxy at /evalon, mints the tokens of its recruiters, and shows one candidate. */
import { createProxy } from 'evalon-ats-proxy';
import express from 'express';
import { SignJWT } from 'jose';

const { PORT = '3000', EVALON_BASE_URL, EVALON_API_KEY, EVALON_WEBHOOK_TOKEN, EVALON_WEBHOOK_SECRET } = process.env;
const { HOST_TOKEN_SECRET = '', ALLOWED_ORIGINS, DATABASE_URL } = process.env;

const proxy = createProxy({
  PUBLIC_URL: `http://127.0.0.1:${PORT}/evalon`,
  EVALON_BASE_URL,
  EVALON_API_KEY,
  EVALON_WEBHOOK_TOKEN,
  EVALON_WEBHOOK_SECRET,
  HOST_TOKEN_SECRET,
  ASSESSMENTS: JSON.stringify([{ project_id: 'proj_abc123', assessment_type: 'marketing', label: 'Marketing' }]),
  ALLOWED_ORIGINS,
  DATABASE_URL,
});
await proxy.start();

const app = express();
// Mounted before body parsers, because a webhook's signature covers the unparsed body.
app.use('/evalon', proxy.router);
app.use(express.json());

app.post('/evalon-token', async (_request, response) => {
  // Replace these claims with those of the recruiter who is signed in to your ATS.
  const token = await new SignJWT({ projects: ['proj_abc123'], scope: 'read invite', name: 'Rita Recruiter' })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('https://ats.example.com')
    .setSubject('rita')
    .setAudience('evalon-proxy')
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(new TextEncoder().encode(HOST_TOKEN_SECRET));
  response.json({ token });
});

app.get('/', (_request, response) => {
  response.send(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Candidate</title>
<link rel="icon" href="data:,">
<script type="module" src="/evalon/embed.js" data-token-url="/evalon-token"></script>
</head>
<body>
<h1>Eve Sample</h1>
<evalon-assessments candidate-email="eve@example.com" candidate-name="Eve Sample"></evalon-assessments>
</body>
</html>`);
});

const server = app.listen(Number(PORT), '127.0.0.1', () => {
  console.log(`The ATS is listening on http://127.0.0.1:${PORT}`);
});

process.once('SIGTERM', async () => {
  server.close();
  await proxy.stop();
  // Otherwise open pages would keep their connections, and the server would not close.
  server.closeAllConnections();
});
