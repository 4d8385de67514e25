// oidc-provider as a place where people sign in, set up as DfE Sign-in's is: the ID token holds the subject alone, the
// rest is at userinfo, and the scope `organisation` opens a claim of that name. People come as JSON in the first argument.
import http from "node:http";
import { Provider } from "oidc-provider";

const { people, clients } = JSON.parse(process.argv[2]);
const listener = http.createServer();
listener.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${listener.address().port}`;
  const provider = new Provider(issuer, {
    clients,
    clientAuthMethods: ["client_secret_basic", "client_secret_post", "private_key_jwt"],
    enabledJWA: { clientAuthSigningAlgValues: ["RS256", "PS256"] },
    claims: { openid: ["sub"], profile: ["given_name", "family_name"], email: ["email"], organisation: ["organisation"] },
    features: { devInteractions: { enabled: true }, backchannelLogout: { enabled: true } },
    pkce: { required: () => true },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...people[sub] }) }),
  });
  listener.on("request", provider.callback());
  console.log(`listening on ${issuer}`);
});
