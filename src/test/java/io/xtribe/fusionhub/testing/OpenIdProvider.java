package io.xtribe.fusionhub.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/**
 * An OpenID provider: discovery, keys, the code flow without asking for a password, and signed tokens. Whoever comes is {@link #visitor}.
 */
public final class OpenIdProvider implements AutoCloseable {

    public static final String CLIENT = "fusion-hub";
    public static final String SECRET = "secret-of-the-hub-at-the-provider";

    private static final String KEY = "key-1";
    private static final float MINUTES = 10;

    private final HttpServer server;
    private final RsaJsonWebKey key;
    private final Map<String, String> codes = new ConcurrentHashMap<>();
    private volatile String name = "nora";
    private volatile List<String> groups = List.of();

    private OpenIdProvider() {
        try {
            key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(KEY);
            key.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
            key.setUse("sig");
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (JoseException | IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext(
                "/.well-known/openid-configuration",
                exchange -> json(
                        exchange,
                        Map.of(
                                "issuer", url(),
                                "authorization_endpoint", url() + "/authorize",
                                "token_endpoint", url() + "/token",
                                "jwks_uri", url() + "/keys")));
        server.createContext(
                "/keys",
                exchange -> json(exchange, Map.of("keys", List.of(key.toParams(OutputControlLevel.PUBLIC_ONLY)))));
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
    }

    public static OpenIdProvider start() {
        var provider = new OpenIdProvider();
        provider.server.start();
        return provider;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Who logs in from now on, and which roles they have there; an empty name is let in nowhere. */
    public void visitor(String visitor, String... roles) {
        name = visitor;
        groups = List.of(roles);
    }

    /** A token of a program or a person, for this audience. */
    public String accessToken(String who, String audience, String... roles) {
        return token(who, audience, List.of(roles), null);
    }

    private String token(String who, String audience, List<String> roles, String nonce) {
        var claims = new JwtClaims();
        claims.setIssuer(url());
        claims.setSubject("id-of-" + who);
        claims.setAudience(audience);
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(MINUTES);
        claims.setGeneratedJwtId();
        claims.setClaim("preferred_username", who);
        claims.setStringListClaim("groups", roles);
        if (nonce != null) {
            claims.setClaim("nonce", nonce);
        }
        var signed = new JsonWebSignature();
        signed.setPayload(claims.toJson());
        signed.setKey(key.getPrivateKey());
        signed.setKeyIdHeaderValue(KEY);
        signed.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signed.setHeader("typ", "JWT");
        try {
            return signed.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private void authorize(HttpExchange exchange) throws IOException {
        var asked = parameters(exchange.getRequestURI().getRawQuery());
        var answer = "error=access_denied";
        if (!name.isEmpty()) {
            var code = UUID.randomUUID().toString();
            codes.put(code, token(name, CLIENT, groups, asked.get("nonce")));
            answer = "code=" + code;
        }
        exchange.getResponseHeaders()
                .add(
                        "Location",
                        asked.get("redirect_uri") + "?" + answer + "&state="
                                + URLEncoder.encode(asked.get("state"), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        var asked = parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var idToken = codes.remove(asked.getOrDefault("code", ""));
        if (idToken == null || exchange.getRequestHeaders().getFirst("Authorization") == null) {
            exchange.sendResponseHeaders(400, -1);
            exchange.close();
            return;
        }
        json(exchange, Map.of("id_token", idToken, "access_token", idToken, "token_type", "Bearer", "expires_in", 600));
    }

    private static Map<String, String> parameters(String text) {
        return Stream.of(text.split("&"))
                .map(one -> one.split("=", 2))
                .collect(Collectors.toMap(one -> one[0], one -> URLDecoder.decode(one[1], StandardCharsets.UTF_8)));
    }

    private static void json(HttpExchange exchange, Object body) throws IOException {
        var bytes = Http.bytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
