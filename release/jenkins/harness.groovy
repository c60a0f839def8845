// Evaluates declarative Jenkinsfiles and plays each through: groovy harness.groovy SCENARIOS.json JENKINSFILE…
// Accepts the sections, options, steps and arguments listed here and rejects all others, as Jenkins does.
// A shell command runs for real, or has the result that the scenario gives. Prints the events of each scenario as JSON.
import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import groovy.transform.Field

class Refused extends RuntimeException {
  Refused(String message) { super(message) }
}

class StepFailed extends RuntimeException {
  StepFailed(String message) { super(message) }
}

class Aborted extends RuntimeException {
  Aborted(String message) { super(message) }
}

/** A block with its words: each is a closure that takes the word's arguments. */
class Block {
  String _where
  Map<String, Closure> _words
  Map<String, Object> _values = [:]
  Closure _onAssignment

  Block(String where, Map<String, Closure> words, Map<String, Object> values = [:]) {
    _where = where
    _words = words
    _values = values
  }

  def methodMissing(String name, args) {
    if (!_words.containsKey(name)) throw new Refused("${_where}: there is no '${name}' here")
    _words[name].call(*(args as List))
  }

  def propertyMissing(String name) {
    if (_values.containsKey(name)) return _values[name]
    throw new Refused("${_where}: '${name}' is nothing known")
  }

  def propertyMissing(String name, value) {
    if (_onAssignment == null) throw new Refused("${_where}: '${name}' cannot be set here")
    _onAssignment(name, value)
  }

  static run(Closure body, Block block) {
    def copy = body.clone() as Closure
    copy.delegate = block
    copy.resolveStrategy = Closure.DELEGATE_ONLY
    copy.call()
  }
}

@Field Map stepArguments = [
  archiveArtifacts: ['artifacts', 'allowEmptyArchive', 'fingerprint'],
  checkout: [],
  copyArtifacts: ['projectName', 'selector', 'filter', 'target', 'flatten', 'optional'],
  echo: ['message'],
  error: ['message'],
  junit: ['testResults', 'allowEmptyResults'],
  mail: ['to', 'subject', 'body'],
  milestone: ['ordinal', 'label'],
  recordCoverage: ['tools', 'qualityGates', 'id', 'name'],
  script: [],
  sh: ['script', 'returnStdout', 'returnStatus', 'label'],
  sshagent: ['credentials'],
  stash: ['name', 'includes', 'allowEmpty'],
  unstash: ['name'],
  withCredentials: [],
]
@Field List postConditions = ['always', 'changed', 'fixed', 'regression', 'aborted', 'failure', 'success', 'unstable', 'unsuccessful', 'cleanup']
@Field List pipelineOptions = ['buildDiscarder', 'disableConcurrentBuilds', 'skipDefaultCheckout', 'timestamps', 'timeout', 'preserveStashes']
@Field List stageOptions = ['lock', 'timeout', 'retry', 'timestamps', 'skipDefaultCheckout']

/** The file as data; its steps stay closures. */
Map readPipeline(File file) {
  Map model = null
  def shell = new GroovyShell(new Binding([pipeline: { Closure body ->
    if (model != null) throw new Refused('there is a second pipeline')
    model = readSection('pipeline', body, ['agent', 'parameters', 'options', 'environment', 'stages', 'post', 'triggers', 'tools'])
  }]))
  try {
    shell.evaluate(file)
  } catch (MissingMethodException | MissingPropertyException e) {
    throw new Refused("outside of the pipeline: ${e.message}")
  }
  if (model == null) throw new Refused('there is no pipeline')
  for (needed in ['agent', 'stages']) if (model[needed] == null) throw new Refused("the pipeline has no ${needed}")
  model
}

Map readStage(String name, Closure body) {
  def where = "stage '${name}'"
  def stage = readSection(where, body, ['agent', 'when', 'options', 'environment', 'input', 'steps', 'stages', 'parallel', 'post', 'tools', 'failFast'])
  stage.name = name
  if (['steps', 'stages', 'parallel'].count { stage[it] != null } != 1) throw new Refused("${where}: wants one of steps, stages and parallel")
  if (stage.parallel && stage.agent) throw new Refused("${where}: parallel stages have agents of their own")
  stage
}

Map readSection(String where, Closure body, List allowed) {
  Map model = [:]
  Map readers = [
    agent: { what -> what instanceof Closure ? readWords("${where}, agent", what, ['label', 'docker', 'node']) : what },
    parameters: { readParameters(it) },
    options: { Closure it -> readWords("${where}, options", it, where == 'pipeline' ? pipelineOptions : stageOptions) },
    environment: { it },
    stages: { readStages(where, it) },
    parallel: { readStages(where, it) },
    input: { Closure it -> readWords("${where}, input", it, ['message', 'ok', 'submitter', 'parameters', 'id']) },
    post: { readPost(where, it) },
    when: { it }, steps: { it }, tools: { it }, triggers: { it }, failFast: { it },
  ]
  Map words = allowed.collectEntries { word -> [word, { what ->
    if (model.containsKey(word)) throw new Refused("${where}: ${word} stands there twice")
    model[word] = readers[word](what)
  }] }
  Block.run(body, new Block(where, words, [none: 'none', any: 'any']))
  model
}

List readStages(String where, Closure body) {
  def stages = []
  Block.run(body, new Block("${where}, stages", [stage: { String name, Closure content ->
    if (stages.any { it.name == name }) throw new Refused("${where}: there are two stages '${name}'")
    stages << readStage(name, content)
  }]))
  if (stages.isEmpty()) throw new Refused("${where}: has no stages")
  stages
}

Map readPost(String where, Closure body) {
  Map post = [:]
  Block.run(body, new Block("${where}, post", postConditions.collectEntries { name -> [name, { Closure steps -> post[name] = steps }] }))
  if (post.isEmpty()) throw new Refused("${where}: post is empty")
  post
}

Map readWords(String where, Closure body, List allowed) {
  Map found = [:]
  Map words = allowed.collectEntries { word -> [word, { Object... args -> found[word] = args ? args[0] : true }] }
  if (allowed.contains('buildDiscarder')) words.logRotator = { Map limits -> limits }
  Block.run(body, new Block(where, words))
  found
}

Map readParameters(Closure body) {
  Map defaults = [:]
  Map words = ['booleanParam', 'string', 'choice', 'text'].collectEntries { word -> [word, { Map it ->
    def unknown = it.keySet() - ['name', 'defaultValue', 'description', 'choices', 'trim']
    if (unknown) throw new Refused("parameters: ${word} has no ${unknown.join(', ')}")
    defaults[it.name] = it.containsKey('defaultValue') ? it.defaultValue : it.choices[0]
  }] }
  Block.run(body, new Block('parameters', words))
  defaults
}

/** One build of the pipeline. */
class Build {
  Map model, scenario, stepArguments
  List postConditions
  List events = []
  Map env = [:]
  Map params = [:]
  Map currentBuild = [currentResult: 'SUCCESS']
  List secrets = []
  int executors = 0
  /** Plays every stage and every condition, so that each step is checked once. */
  boolean isRehearsal

  Map play() {
    if (scenario.shell && scenario.before) execute(scenario.before)
    params = (model.parameters ?: [:]) + (scenario.params ?: [:])
    env.putAll(params.collectEntries { name, value -> [name, String.valueOf(value)] })
    env.putAll([BRANCH_NAME: 'main', JOB_NAME: 'florin/main', BUILD_NUMBER: '7', BUILD_URL: 'https://jenkins.example/7/', FLORIN_NOTIFY: 'team@example.org'])
    env.putAll(scenario.env ?: [:])
    inAgent(model.agent) {
      guarded { model.stages.each { playStage(it) } }
      playPost('pipeline', model.post)
    }
    if (scenario.shell && currentBuild.currentResult == 'SUCCESS') artifacts.each { name, bytes -> archived(name).bytes = bytes }
    [name: scenario.name, result: currentBuild.currentResult, events: events]
  }

  def playStage(Map stage) {
    if (currentBuild.currentResult != 'SUCCESS') return skip(stage, 'failed before')
    def isChosen = { stage.when == null || evaluate(stage) }
    note('stage', stage.name)
    if (stage.options?.lock) note('lock', stage.options.lock.resource)
    if (stage.input != null && !isChosen()) return skip(stage, 'when')
    guarded {
      if (stage.input != null) ask(stage)
      inAgent(stage.agent) {
        if (stage.input == null && !isChosen()) return skip(stage, 'when')
        withEnvironment(stage.environment) {
          guarded {
            if (stage.steps) runSteps("stage '${stage.name}'", stage.steps)
            (stage.stages ?: stage.parallel ?: []).each { playStage(it) }
          }
          playPost("stage '${stage.name}'", stage.post)
        }
      }
    }
  }

  def skip(Map stage, String why) { note('skipped', stage.name, [why: why]) }

  void ask(Map stage) {
    if (executors > 0) throw new Refused("stage '${stage.name}': a person is waited for while an agent is held")
    note('input', stage.input.message)
    if (scenario.approval == false) throw new Aborted('the input was refused')
  }

  void inAgent(agent, Closure work) {
    boolean holds = agent != null && agent != 'none'
    if (holds) { executors++; note('agent', agent instanceof Map ? agent.label : agent) }
    try { work() } finally { if (holds) executors-- }
  }

  /** Fails the build with the error; post sections still run. */
  void guarded(Closure work) {
    try {
      work()
    } catch (StepFailed e) {
      if (currentBuild.currentResult == 'SUCCESS') currentBuild.currentResult = 'FAILURE'
      note('failed', e.message)
    } catch (Aborted e) {
      currentBuild.currentResult = 'ABORTED'
      note('aborted', e.message)
    }
  }

  void playPost(String where, Map post) {
    def result = currentBuild.currentResult
    def applies = [
      always: true, cleanup: true, success: result == 'SUCCESS', failure: result == 'FAILURE', aborted: result == 'ABORTED',
      unsuccessful: result != 'SUCCESS', unstable: false, changed: result != (scenario.previousResult ?: 'SUCCESS'),
      fixed: result == 'SUCCESS' && (scenario.previousResult ?: 'SUCCESS') != 'SUCCESS', regression: false,
    ]
    postConditions.each { condition ->
      if (post?.containsKey(condition) && (isRehearsal || applies[condition])) {
        note('post', "${where}: ${condition}")
        guarded { runSteps("${where}, post ${condition}", post[condition]) }
      }
    }
  }

  boolean evaluate(Map stage) {
    def results = []
    def values = [env: env, params: params, currentBuild: currentBuild]
    def collect = { Closure body ->
      def outer = results
      results = []
      Block.run(body, block)
      def inner = results
      results = outer
      inner
    }
    block = new Block("stage '${stage.name}', when", [
      branch: { String name -> results << (env.BRANCH_NAME == name) },
      expression: { Closure body -> results << (Block.run(body, block) as boolean) },
      allOf: { Closure body -> results << collect(body).every() },
      anyOf: { Closure body -> results << collect(body).any() },
      not: { Closure body -> results << !collect(body)[0] },
      beforeAgent: { it }, beforeInput: { it }, beforeOptions: { it },
    ], values)
    Block.run(stage.when, block)
    if (results.isEmpty()) throw new Refused("stage '${stage.name}': when has no condition")
    isRehearsal || results.every()
  }
  Block block

  def withEnvironment(Closure body, Closure work) {
    if (body == null) return work()
    Map added = [:]
    def environment = new Block('environment', [credentials: { String id -> [credential: id] }], [env: env, params: params])
    environment._onAssignment = { String name, value ->
      if (value instanceof Map) {
        added[name] = secretOf(value.credential)
        added["${name}_USR".toString()] = 'user-of-' + value.credential
        added["${name}_PSW".toString()] = secretOf(value.credential)
      } else added[name] = value.toString()
    }
    Block.run(body, environment)
    bound(added, work)
  }

  void bound(Map added, Closure work) {
    def before = new LinkedHashMap(env)
    env.putAll(added)
    try { work() } finally { added.keySet().each { before.containsKey(it) ? env.put(it, before[it]) : env.remove(it) } }
  }

  /** Value of a credential: the path of a file credential, which is no secret, or else the secret. */
  String secretOf(String id) {
    if (id.endsWith('-env')) return "/credentials/${id}".toString()
    def secret = "secret-of-${id}".toString()
    if (!secrets.contains(secret)) secrets << secret
    secret
  }

  void runSteps(String where, Closure body) {
    def bind = { Map named, kind -> named.findAll { key, value -> key.endsWith('ariable') }.collectEntries { key, name ->
      [name, key == 'usernameVariable' ? "user-of-${named.credentialsId}".toString() : secretOf(named.credentialsId)]
    } }
    Map words = [
      string: { Map it -> bind(it, 'string') }, usernamePassword: { Map it -> bind(it, 'usernamePassword') }, file: { Map it -> bind(it, 'file') },
      lastSuccessful: { 'lastSuccessful' },
    ]
    stepArguments.each { name, allowed -> words[name] = { Object... args -> step(where, name, allowed, args as List) } }
    Block.run(body, new Block(where, words, [env: env, params: params, currentBuild: currentBuild, scm: 'scm']))
  }

  def step(String where, String name, List allowed, List args) {
    def named = args.find { it instanceof Map } ?: [:]
    def unknown = named.keySet() - allowed
    if (unknown) throw new Refused("${where}: ${name} has no ${unknown.join(', ')}")
    def body = args.find { it instanceof Closure }
    if (executors == 0 && !(name in ['echo', 'error', 'mail', 'milestone', 'script'])) throw new Refused("${where}: ${name} needs an agent")
    if (name == 'script') return body.call()
    if (name == 'sh') return shell(where, named.script ?: args[0], named)
    def text = args.findAll { !(it instanceof Closure) }.collect { it.toString() }.join(', ')
    if (name == 'withCredentials') {
      note(name, args[0].collectMany { it.keySet() }.join(', '))
      return bound(args[0].inject([:]) { all, one -> all + one }, body)
    }
    note(name, text)
    if (scenario.shell && !isRehearsal) keep(name, named)
    if (name == 'error') throw new StepFailed(text)
    body?.call()
  }

  def shell(String where, script, Map named) {
    if (!(script instanceof String)) throw new Refused("${where}: a command is put together by Groovy: ${script}")
    if (secrets.any { script.contains(it) }) throw new Refused("${where}: a secret stands in a command")
    def told = scenario.commands?.find { script.contains(it.match) }
    def run = isRehearsal || scenario.shell == null || told != null ? [code: told?.code ?: 0, output: told?.stdout ?: ''] : execute(script)
    note('sh', script, [code: run.code] + (scenario.shell ? [output: run.output] : [:]))
    if (secrets.any { run.output.contains(it) }) throw new Refused("${where}: a secret was printed by ${script}")
    if (run.code != 0) throw new StepFailed("${script} ended with ${run.code}")
    named.returnStdout ? run.stdout ?: run.output : null
  }

  /** Keeps the artefacts of a successful build for later builds. */
  Map artifacts = [:]

  void keep(String name, Map named) {
    def file = { String path -> new File(scenario.shell.directory, path) }
    if (name == 'archiveArtifacts') {
      named.artifacts.split(',').findAll { file(it).isFile() }.each { artifacts[it] = file(it).bytes }
    }
    if (name == 'copyArtifacts' && archived(named.filter).isFile()) {
      file(named.filter).parentFile.mkdirs()
      file(named.filter).bytes = archived(named.filter).bytes
    }
  }

  File archived(String name) {
    def file = new File(scenario.shell.archive, name)
    file.parentFile.mkdirs()
    file
  }

  Map execute(String script) {
    def builder = new ProcessBuilder('sh', '-c', script).directory(new File(scenario.shell.directory))
    builder.environment().putAll(env.findAll { it.value != null }.collectEntries { [it.key, it.value.toString()] })
    builder.environment().putAll(scenario.shell.env ?: [:])
    def process = builder.start()
    process.outputStream.close()
    def stdout = new StringBuilder(), stderr = new StringBuilder()
    process.waitForProcessOutput(stdout, stderr)
    [code: process.exitValue(), stdout: stdout.toString(), output: "${stdout}${stderr}".toString()]
  }

  void note(String what, text, Map more = [:]) { events << [what: what, text: text?.toString()] + more }
}

def play(Map model, Map scenario, boolean isRehearsal = false) {
  new Build(model: model, scenario: scenario, isRehearsal: isRehearsal, stepArguments: stepArguments, postConditions: postConditions).play()
}

println JsonOutput.toJson(args.drop(1).collect { file ->
  try {
    def model = readPipeline(new File(file))
    def rehearsal = play(model, [name: 'rehearsal', env: [CHANGED: 'all']], true)
    [rehearsal: rehearsal, builds: new JsonSlurper().parse(new File(args[0])).collect { play(model, it) }]
  } catch (Refused e) {
    [refused: e.message]
  }
})
