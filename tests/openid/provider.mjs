// SPDX-FileCopyrightText: 2026 Opstap contributors
// SPDX-License-Identifier: EUPL-1.2
// A real OpenID provider on a port of its own, with the people and groups that a test tells it. What it says can be made
// wrong (POST /control), each time signed by the provider's own key unless the fault is in the signature.
import { createServer } from "node:http";
import { Provider } from "oidc-provider";
import { SignJWT, base64url, decodeJwt, exportJWK, generateKeyPair } from "jose";

const [port, clientId, secret, ...sites] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const state = { people: {}, fault: "", signing: null, asked: [] };

const makeKey = async (kid) => {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  return {
    kid,
    privateKey,
    whole: { ...(await exportJWK(privateKey)), kid, use: "sig", alg: "RS256" },
    open: { ...(await exportJWK(publicKey)), kid, use: "sig", alg: "RS256" },
  };
};
const first = await makeKey("first");
const unknown = await makeKey("first");
state.signing = first;

const provider = new Provider(issuer, {
  clients: [{
    client_id: clientId,
    client_secret: secret,
    redirect_uris: sites.map((site) => `${site}/aanmelden/organisatie/terug/`),
    post_logout_redirect_uris: sites.map((site) => `${site}/aanmelden/`),
  }],
  jwks: { keys: [first.whole] },
  pkce: { required: () => true },
  enableHttpPostMethods: true, // as Entra ID and Keycloak have it: a hint may come in a form
  cookies: { keys: ["only for tests"], long: { sameSite: "none", signed: true }, short: { signed: true } },
  claims: {
    openid: ["sub", "amr", "acr", "groups", "oid", "_claim_names", "realm_access"],
    profile: ["name", "preferred_username"],
  },
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: id, ...(state.people[id] ?? {}) }),
  }),
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope("openid profile");
    await grant.save();
    return grant;
  },
});
provider.on("server_error", (ctx, error) => console.error(error));

const spoiled = async (token) => {
  const claims = decodeJwt(token);
  const now = Math.floor(Date.now() / 1000);
  const key = { wrong_key: unknown }[state.fault] ?? state.signing;
  const changes = {
    nonce: { nonce: "another" },
    no_nonce: { nonce: undefined },
    issuer: { iss: "https://elsewhere.example" },
    audience: { aud: "another-client", azp: clientId },
    two_audiences: { aud: [clientId, "another-client"], azp: "another-client" },
    expired: { exp: now - 600, iat: now - 1200 },
    just_expired: { exp: now - 20, iat: now - 620 },
    future: { iat: now + 600, exp: now + 1200 },
    no_subject: { sub: undefined },
  };
  const said = JSON.parse(JSON.stringify({ ...claims, ...(changes[state.fault] ?? {}) }));
  if (state.fault === "none") {
    const header = base64url.encode(JSON.stringify({ alg: "none", kid: key.kid }));
    return `${header}.${base64url.encode(JSON.stringify(said))}.`;
  }
  if (state.fault === "by_secret") {
    return new SignJWT(said).setProtectedHeader({ alg: "HS256" }).sign(new TextEncoder().encode(secret));
  }
  const whole = await new SignJWT(said).setProtectedHeader({ alg: "RS256", kid: key.kid }).sign(key.privateKey);
  return state.fault === "changed" ? whole.replace(/\.[^.]+\./, (part) => `.${base64url.encode(JSON.stringify({ ...said, sub: "ceo" }))}.`) : whole;
};

provider.use(async (ctx, next) => {
  if (ctx.path === "/me" && state.fault === "other_person") {
    await next();
    ctx.body = { ...ctx.body, sub: "somebody-else" };
    return;
  }
  await next();
  // Without HTTPS a browser keeps no cookie that goes along from another site; here everything is one site.
  const cookies = [ctx.res.getHeader("set-cookie") ?? []].flat();
  if (cookies.length) ctx.res.setHeader("set-cookie", cookies.map((one) => one.replace(/; samesite=none/i, "")));
  if (ctx.path === "/jwks") ctx.body = { keys: [state.signing.open] };
  if (ctx.path === "/token" && ctx.body?.id_token) {
    ctx.body = state.fault === "no_token"
      ? { ...ctx.body, id_token: undefined }
      : { ...ctx.body, id_token: await spoiled(ctx.body.id_token) };
  }
  if (ctx.path === "/.well-known/openid-configuration") {
    if (state.fault === "other_description") ctx.body = { ...ctx.body, issuer: "https://elsewhere.example" };
    if (state.fault === "allows_none") {
      ctx.body = { ...ctx.body, id_token_signing_alg_values_supported: ["none", "HS256", "RS256"] };
    }
  }
});

const bodyOf = async (request) => {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
};
const page = `<!doctype html><html lang="nl"><title>Gemeente Voorbeeldstad</title><h1>Aanmelden bij Voorbeeldstad</h1>
<form method="post"><label>Naam <input name="login" autofocus></label>
<label><input type="checkbox" name="more" value="1"> Ook met een code</label><button>Verder</button></form>`;

createServer(async (request, response) => {
  const [path] = request.url.split("?");
  state.asked.push(`${request.method} ${path}`);
  if (state.fault === `moved ${path}`) {
    response.writeHead(307, { Location: `${issuer}/moved${request.url}` }).end();
    return;
  }
  request.url = request.url.replace(/^\/moved/, ""); // it would get there, if it went
  if (path === "/control") {
    const told = JSON.parse(await bodyOf(request));
    if ("people" in told) state.people = told.people;
    if ("fault" in told) state.fault = told.fault;
    if (told.rotate) state.signing = await makeKey(`key-${Date.now()}`);
    if (told.restore) state.signing = first;
    response.end(JSON.stringify(state.asked.splice(0)));
  } else if (path.startsWith("/interaction/") && request.method === "POST") {
    const form = new URLSearchParams(await bodyOf(request));
    const amr = form.get("more") ? ["pwd", "mfa"] : ["pwd"];
    const result = form.get("login")
      ? { login: { accountId: form.get("login"), amr, acr: form.get("more") ? "strong" : "plain" } }
      : { error: "access_denied", error_description: "<b>No</b>" };
    await provider.interactionFinished(request, response, result);
  } else if (path.startsWith("/interaction/")) {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(page);
  } else {
    provider.callback()(request, response);
  }
}).listen(Number(port), "127.0.0.1", () => console.log("ready"));
