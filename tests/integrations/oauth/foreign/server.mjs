// oidc-provider as a token endpoint for machines. Its clients come as JSON in the first argument; it prints its address.
import http from "node:http";
import { Provider } from "oidc-provider";

const clients = JSON.parse(process.argv[2]).map((client) => ({
  grant_types: ["client_credentials"],
  redirect_uris: [],
  response_types: [],
  ...client,
}));
// it takes key sets from https alone; the test's is on this machine
const onThisMachine = (url, { dispatcher, ...options }) => // its dispatcher refuses private addresses
  fetch(String(url).replace("https://127.0.0.1", "http://127.0.0.1"), options);
const listener = http.createServer();
listener.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${listener.address().port}`;
  const provider = new Provider(issuer, {
    clients,
    clientAuthMethods: ["client_secret_basic", "client_secret_post", "private_key_jwt"],
    enabledJWA: { clientAuthSigningAlgValues: ["RS512", "PS256"] },
    features: { clientCredentials: { enabled: true }, devInteractions: { enabled: false } },
    fetch: onThisMachine,
  });
  listener.on("request", provider.callback());
  console.log(`listening on ${issuer}`);
});
